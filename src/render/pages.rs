//! The renderer: one Tera per language, so that `t(key=…)` knows what it speaks even deep inside a component.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use habeas_core::law::lang::Lang;
use jiff::tz::TimeZone;
use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Tera};

use super::{
    assets::Assets,
    frame::{self, Frame},
    functions,
    texts::{LoadError, Message, TextError, Texts},
    theme::Dress,
};

#[derive(RustEmbed)]
#[folder = "templates/"]
pub(super) struct Templates;

/// Something that can be shown: ready values and the template that shows them.
pub trait Page: Serialize {
    /// File under `templates/`.
    const TEMPLATE: &'static str;
    /// Whether it carries the one script there is, which asks the browser for a passkey.
    const SCRIPTED: bool = false;
    /// Whether its form (`id="draft"`) is kept, unsent, when the reader changes the language.
    const KEEPS: bool = false;

    /// What the browser tab says; distinct on every page.
    fn title(&self) -> Message;

    /// One value for every state worth looking at.
    fn samples() -> Vec<Self>
    where
        Self: Sized;
}

/// Why the renderer cannot start.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The texts do not load.
    #[error(transparent)]
    Texts(#[from] LoadError),
    /// A template does not parse.
    #[error("templates do not load")]
    Templates(#[from] tera::Error),
}

/// Why a page cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A text is missing or broken.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The template asks for what the page does not have.
    #[error("template `{template}` cannot be rendered: {}", causes(source))]
    Template {
        /// The template.
        template: String,
        /// What Tera says.
        source: tera::Error,
    },
}

/// Tera hides the sentence that helps in its causes.
fn causes(error: &tera::Error) -> String {
    let first: &dyn std::error::Error = error;
    std::iter::successors(Some(first), |error| error.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Turns pages and letters into HTML and text.
pub struct Renderer {
    pub(super) texts: Arc<Texts>,
    assets: Arc<Assets>,
    engines: BTreeMap<Lang, Tera>,
}

impl Renderer {
    /// Loads texts, templates and assets. `overrides` is an organisation's `texts/` folder; `zone` is the organisation's zone, in
    /// which every moment is told.
    pub fn new(overrides: Option<&Path>, zone: &TimeZone) -> Result<Self, SetupError> {
        Self::dressed(overrides, zone, &Dress::default())
    }

    /// The same in an organisation's own theme.
    pub fn dressed(overrides: Option<&Path>, zone: &TimeZone, dress: &Dress) -> Result<Self, SetupError> {
        let texts = Arc::new(Texts::load(overrides)?);
        // The second is for the gallery, which shows what a theme does.
        let assets = Arc::new(Assets::load().dressed(frame::THEME, dress).dressed(frame::SAMPLE_THEME, &Dress::sample()));
        let mut engines = BTreeMap::new();
        for lang in Lang::ALL {
            let mut tera = Tera::new();
            functions::register(&mut tera, &functions::Speech { lang, texts: texts.clone(), assets: assets.clone(), zone: zone.clone() });
            tera.add_raw_templates(templates())?;
            engines.insert(lang, tera);
        }
        Ok(Self { texts, assets, engines })
    }

    /// The texts, for faces without pages (command line, bundles).
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The embedded files, for the web face to serve.
    pub fn assets(&self) -> &Assets {
        &self.assets
    }

    /// A whole HTML page.
    pub fn page<P: Page>(&self, frame: &Frame, page: &P) -> Result<String, RenderError> {
        let mut context = self.framed(frame, &page.title())?;
        context.insert("page", page);
        context.insert("keeps", &P::KEEPS);
        self.render(frame.lang, P::TEMPLATE, &context)
    }

    /// A document that stands alone: a page of a package, a README. `facts` is its whole context.
    pub fn document(&self, lang: Lang, template: &str, facts: &impl Serialize) -> Result<String, RenderError> {
        let context = Context::from_serialize(facts).map_err(|source| RenderError::Template { template: template.to_owned(), source })?;
        self.render(lang, template, &context)
    }

    pub(super) fn render(&self, lang: Lang, template: &str, context: &Context) -> Result<String, RenderError> {
        let engine = self.engines.get(&lang).ok_or_else(|| TextError::Missing(lang.code().to_owned()))?;
        engine.render(template, context).map_err(|source| RenderError::Template { template: template.to_owned(), source })
    }

    fn framed(&self, frame: &Frame, title: &Message) -> Result<Context, RenderError> {
        let mut context = Context::new();
        let problems = frame
            .problems
            .iter()
            .map(|problem| Ok(Shown { field: &problem.field, text: self.texts.say(frame.lang, &problem.message)? }))
            .collect::<Result<Vec<_>, TextError>>()?;
        let by_field: BTreeMap<_, _> = problems.iter().map(|problem| (problem.field, &problem.text)).collect();
        context.insert("problem_at", &by_field);
        context.insert("problems", &problems);
        context.insert("title", &self.texts.say(frame.lang, title)?);
        context.insert("frame", frame);
        context.insert("csrf", &frame.csrf);
        context.insert("organisation", &frame.organisation);
        context.insert("lang", frame.lang.code());
        context.insert("languages", &Lang::ALL);
        context.insert("home", frame.face.home());
        Ok(context)
    }
}

/// A problem in the reader's language.
#[derive(Serialize)]
struct Shown<'a> {
    field: &'a str,
    text: String,
}

fn templates() -> Vec<(String, String)> {
    Templates::iter()
        .filter_map(|name| {
            let source = String::from_utf8(Templates::get(&name)?.data.into_owned()).ok()?;
            Some((name.into_owned(), source))
        })
        .collect()
}

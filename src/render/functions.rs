//! What templates may call: `t rich qr say date day datetime clock size url asset has_text section`.

use std::sync::Arc;

use fluent_bundle::{FluentArgs, FluentValue};
use habeas_core::law::{lang::Lang, written};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use tera::{Error, Function, Kwargs, State, Tera, TeraResult, Value};

use super::{assets::Assets, mail::SECTION, qr, texts::Texts, words};

/// What the functions of one language know.
#[derive(Clone)]
pub(super) struct Speech {
    pub(super) lang: Lang,
    pub(super) texts: Arc<Texts>,
    pub(super) assets: Arc<Assets>,
    pub(super) zone: TimeZone,
}

/// Makes every function known to an engine.
pub(super) fn register(tera: &mut Tera, speech: &Speech) {
    let with = |act: fn(&Speech, &Kwargs) -> TeraResult<String>| {
        let speech = speech.clone();
        move |kwargs: Kwargs, _: &State<'_>| act(&speech, &kwargs)
    };
    tera.register_function("t", with(|speech, kwargs| speech.sentence(kwargs, |_, value| text_of(value))));
    tera.register_function("rich", Rich(speech.clone()));
    tera.register_function("qr", Square);
    tera.register_function("say", with(Speech::say));
    tera.register_function("date", with(|speech, kwargs| Ok(words::date(speech.lang, speech.day_of(kwargs)?))));
    tera.register_function("day", with(|speech, kwargs| Ok(words::day(speech.lang, speech.day_of(kwargs)?))));
    tera.register_function("datetime", with(|speech, kwargs| Ok(words::moment(speech.lang, instant(kwargs)?, &speech.zone))));
    tera.register_function("clock", with(Speech::clock));
    tera.register_function("size", with(|speech, kwargs| Ok(words::size(speech.lang, kwargs.must_get::<u64>("bytes")?))));
    tera.register_function("url", with(|speech, kwargs| Ok(format!("/{}{}", speech.lang.code(), kwargs.must_get::<&str>("path")?))));
    tera.register_function("section", |kwargs: Kwargs, _: &State<'_>| {
        Ok::<_, Error>(format!("{SECTION}{}", kwargs.must_get::<&str>("name")?))
    });
    tera.register_function("asset", with(Speech::asset));
    let texts = speech.texts.clone();
    tera.register_function("has_text", move |kwargs: Kwargs, _: &State<'_>| Ok::<_, Error>(texts.has(kwargs.must_get::<&str>("key")?)));
}

/// `rich(key=…)`: a sentence with our own mark-up in it (`<strong>`); the values given to it are escaped, a reference stays in one line,
/// and an address breaks before its `@` if it must.
struct Rich(Speech);

impl Function<TeraResult<String>> for Rich {
    fn call(&self, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
        let marked = |name: &str, text: String| match name {
            "reference" => format!("<span class=\"number\">{}</span>", escaped(&text)),
            "email" | "address" => escaped(&text).replace('@', "<wbr>@"),
            _ => escaped(&text),
        };
        self.0.sentence(&kwargs, |name, value| text_of(value).map(|text| marked(name, text)))
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// `qr(text=…, label=…)`: a picture for a camera.
struct Square;

impl Function<TeraResult<String>> for Square {
    fn call(&self, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
        let drawn = qr::svg(kwargs.must_get::<&str>("text")?, kwargs.must_get::<&str>("label")?);
        drawn.ok_or_else(|| Error::message("the text is too long for a picture"))
    }

    fn is_safe(&self) -> bool {
        true
    }
}

impl Speech {
    fn sentence(&self, kwargs: &Kwargs, text: impl Fn(&str, &Value) -> Option<String>) -> TeraResult<String> {
        let mut args = FluentArgs::new();
        for (name, value) in kwargs.iter() {
            if let Some(name) = name.as_str().filter(|name| *name != "key") {
                args.set(name.to_owned(), argument(value, |value| text(name, value)));
            }
        }
        self.texts.get(self.lang, kwargs.must_get::<&str>("key")?, &args).map_err(|error| Error::message(error.to_string()))
    }

    /// A `Text` (`{nb, nl, en}`), a `Message` (`{key, args}`) or a `Said` (`{words}`, `{day}`, `{moment}`, `{answer}`, `{number}`, `{meaning}`) in this language.
    fn say(&self, kwargs: &Kwargs) -> TeraResult<String> {
        let value = kwargs.must_get::<&Value>("value")?;
        if let Some(said) = self.said(value)? {
            return Ok(said);
        }
        if let Some(text) = value.get_from_path(self.lang.code()).and_then(Value::as_str) {
            return Ok(text.to_owned());
        }
        let Some(key) = value.get_from_path("key").and_then(Value::as_str) else {
            return Err(Error::message("`say` wants a text in every language or a message with a key"));
        };
        let mut args = FluentArgs::new();
        for (name, value) in value.get_from_path("args").and_then(Value::as_map).into_iter().flatten() {
            args.set(name.to_string(), self.part(value));
        }
        self.texts.get(self.lang, key, &args).map_err(|error| Error::message(error.to_string()))
    }

    fn said(&self, value: &Value) -> TeraResult<Option<String>> {
        let part = |name| value.get_from_path(name);
        let text = |name| part(name).and_then(Value::as_str);
        if let Some(words) = text("words") {
            return Ok(Some(words.to_owned()));
        }
        if let Some(meaning) = part("meaning").and_then(|meaning| meaning.get_from_path(self.lang.code())).and_then(Value::as_str) {
            return Ok(Some(meaning.to_owned()));
        }
        if let Some(number) = text("number") {
            return Ok(written::decimal(self.lang, number));
        }
        if let Some(yes) = part("answer").and_then(Value::as_bool) {
            let key = if yes { "said-yes" } else { "said-no" };
            return self.texts.get(self.lang, key, &FluentArgs::new()).map(Some).map_err(|error| Error::message(error.to_string()));
        }
        let day = text("day").and_then(|day| day.parse().ok()).map(|day| words::day(self.lang, day));
        let moment = text("moment").and_then(|moment| moment.parse().ok());
        Ok(day.or_else(|| moment.map(|moment| words::moment(self.lang, moment, &self.zone))))
    }

    /// An argument of a message: a number, plain words, words in every language, or a day.
    fn part(&self, value: &Value) -> FluentValue<'static> {
        let label = value.get_from_path(self.lang.code()).and_then(Value::as_str);
        let day = value.get_from_path("day").and_then(Value::as_str).and_then(|day| day.parse().ok());
        match (label, day) {
            (Some(label), _) => FluentValue::from(label.to_owned()),
            (None, Some(day)) => FluentValue::from(words::date(self.lang, day)),
            (None, None) => argument(value, text_of),
        }
    }

    /// A `Date`, or the day on which a `Timestamp` falls in the organisation's zone.
    fn day_of(&self, kwargs: &Kwargs) -> TeraResult<Date> {
        let value = kwargs.must_get::<&str>("value")?;
        if let Ok(instant) = value.parse::<Timestamp>() {
            return Ok(self.zone.to_datetime(instant).date());
        }
        value.parse().map_err(|_| Error::message("`date` wants `2026-12-18` or a timestamp"))
    }

    fn clock(&self, kwargs: &Kwargs) -> TeraResult<String> {
        Ok(words::clock(self.lang, self.zone.to_datetime(instant(kwargs)?).time()))
    }

    fn asset(&self, kwargs: &Kwargs) -> TeraResult<String> {
        let name = kwargs.must_get::<&str>("name")?;
        self.assets.named(name).map(|asset| asset.url.clone()).ok_or_else(|| Error::message(format!("asset `{name}` is missing")))
    }
}

fn instant(kwargs: &Kwargs) -> TeraResult<Timestamp> {
    kwargs.must_get::<&str>("value")?.parse().map_err(|_| Error::message("`datetime` and `clock` want a timestamp"))
}

/// Numbers stay numbers, so that they choose plural forms.
fn argument(value: &Value, text: impl Fn(&Value) -> Option<String>) -> FluentValue<'static> {
    value.as_i64().map_or_else(|| text(value).map_or(FluentValue::None, FluentValue::from), FluentValue::from)
}

fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

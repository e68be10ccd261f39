//! An element of XML, written well-formed and escaped: the one place where text becomes mark-up.

use std::fmt::{self, Display, Write as _};

/// An element.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Vec<Content>,
}

#[derive(Debug, Clone)]
enum Content {
    Text(String),
    Element(Element),
}

impl Element {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Vec::new() }
    }

    /// Sets an attribute.
    pub(crate) fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// Sets an attribute before those that are there.
    pub(crate) fn with_first(mut self, name: &'static str, value: impl Display) -> Self {
        self.attributes.insert(0, (name, value.to_string()));
        self
    }

    /// Adds text.
    pub(crate) fn text(mut self, text: impl Display) -> Self {
        self.content.push(Content::Text(text.to_string()));
        self
    }

    /// Adds an element.
    pub(crate) fn child(mut self, child: Self) -> Self {
        self.content.push(Content::Element(child));
        self
    }

    /// Adds elements.
    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.content.extend(children.into_iter().map(Content::Element));
        self
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        write!(f, "{:depth$}<{}", "", self.name)?;
        for (name, value) in &self.attributes {
            write!(f, " {name}=\"")?;
            escape(f, value)?;
            f.write_char('"')?;
        }
        f.write_char('>')?;
        let mut broken = false;
        for content in &self.content {
            match content {
                Content::Text(text) => escape(f, text)?,
                Content::Element(child) => {
                    broken = true;
                    f.write_char('\n')?;
                    child.write(f, depth + 1)?;
                }
            }
        }
        if broken {
            write!(f, "\n{:depth$}", "")?;
        }
        write!(f, "</{}>", self.name)
    }
}

impl Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

/// Writes text that can stand between tags and between quotes. What XML 1.0 cannot hold at all becomes U+FFFD.
fn escape(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    text.chars().try_for_each(|sign| match sign {
        '&' => f.write_str("&amp;"),
        '<' => f.write_str("&lt;"),
        '>' => f.write_str("&gt;"),
        '"' => f.write_str("&quot;"),
        '\'' => f.write_str("&#39;"),
        '\t' | '\n' | '\r' => write!(f, "&#{};", u32::from(sign)),
        '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => f.write_char(char::REPLACEMENT_CHARACTER),
        other => f.write_char(other),
    })
}

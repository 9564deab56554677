//! [`Pattern`]: a regular expression with PHP's delimiters, such as `/^[0-9]+$/`.
//!
//! Rebilly evaluates it with PCRE, this double with `regex-lite`. What both
//! read alike is passed on, what they write differently is rewritten, and what
//! only PCRE can do is refused by name: a pattern is never evaluated as
//! something that it does not mean.

use std::fmt;
use std::iter::Peekable;
use std::vec::IntoIter;

use regex_lite::{Regex, RegexBuilder};

/// What a text must look like somewhere in it.
#[derive(Clone)]
pub struct Pattern {
    text: String,
    regex: Regex,
    /// The modifier `u`: characters are compared, else bytes.
    unicode: bool,
}

impl Pattern {
    /// Reads a delimited pattern with its modifiers.
    ///
    /// # Errors
    ///
    /// What is wrong with it, or what in it cannot be evaluated here.
    pub fn parse(text: &str) -> Result<Pattern, String> {
        let (inner, modifiers) = delimited(text)?;
        let has = |modifier| modifiers.contains(modifier);
        if let Some(other) = modifiers.chars().find(|it| !"imsuDSU \r\n".contains(*it)) {
            return Err(beyond(&format!("modifier `{other}`")));
        }
        let unicode = has('u');
        // With `u`, PCRE's classes and cases are those of Unicode, which would be tables.
        let classes = ["\\w", "\\W", "\\d", "\\D", "\\s", "\\S", "\\b", "\\B", "[:"];
        if unicode && let Some(class) = classes.into_iter().find(|it| inner.contains(it)) {
            return Err(beyond(&format!("`{class}` of Unicode; without `u` it is ASCII")));
        }
        if unicode && has('i') && !inner.is_ascii() {
            return Err(beyond("upper and lower case beyond ASCII"));
        }
        let flags: String = modifiers.chars().filter(|it| "ims".contains(*it)).collect();
        let mut regex = if flags.is_empty() { String::new() } else { format!("(?{flags})") };
        let end = match (has('m'), has('D')) {
            (true, _) => "$",
            (false, true) => "\\z",
            (false, false) => BEFORE_LAST_NEWLINE,
        };
        let letters: Vec<char> = units(inner, unicode).chars().collect();
        Translation { letters: letters.into_iter().peekable(), regex: &mut regex, end }.run()?;
        let regex = RegexBuilder::new(&regex)
            .size_limit(SIZE_MAX)
            .build()
            .map_err(|error| format!("is not a pattern that mock-rebilly can evaluate: {error}"))?;
        Ok(Pattern { text: text.to_owned(), regex, unicode })
    }

    /// As it was written, with delimiters and modifiers.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is found in the text.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.regex.is_match(&units(text, self.unicode))
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.text == other.text
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// How large what is evaluated may become, in bytes. Each character of a text may be held
/// against all of it: ten times as large, a value of 4,000 would take seconds, while all
/// calls wait. A count up to 4,000, the most that `maxLength` can be, has room where it is of
/// one class in a few pieces: letters with umlauts among them are too many.
const SIZE_MAX: usize = 512 << 10;

/// What PCRE's `$` and `\Z` mean: the end, or before a newline that is the last character.
const BEFORE_LAST_NEWLINE: &str = "(?:\\n?\\z)";

/// Says what only PCRE can do.
fn beyond(what: &str) -> String {
    format!("cannot be evaluated by mock-rebilly, which has no {what}")
}

/// What PCRE takes for one character: without `u` that is a byte.
fn units(text: &str, unicode: bool) -> String {
    if unicode || text.is_ascii() {
        return text.to_owned();
    }
    text.bytes().map(char::from).collect()
}

/// What stands between the delimiters, and the modifiers behind them.
fn delimited(text: &str) -> Result<(&str, &str), String> {
    const EXPECTED: &str = "must be a pattern between delimiters, such as /^[0-9]+$/";
    let text = text.trim_ascii_start();
    let start = text.chars().next().ok_or(EXPECTED)?;
    if !start.is_ascii() || start.is_ascii_alphanumeric() || start == '\\' || start == '\0' {
        return Err(EXPECTED.to_owned());
    }
    let end = match start {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        same => same,
    };
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == end && depth == 0 => return Ok((&text[1..at], &text[at + 1..])),
            _ if letter == end => depth -= 1,
            _ if letter == start => depth += 1,
            _ => {}
        }
    }
    Err(format!("must be a pattern that ends with its delimiter `{end}`"))
}

/// PCRE's syntax, rewritten in that of `regex-lite`.
struct Translation<'r> {
    letters: Peekable<IntoIter<char>>,
    regex: &'r mut String,
    end: &'static str,
}

impl Translation<'_> {
    fn run(mut self) -> Result<(), String> {
        let mut after_quantifier = false;
        while let Some(letter) = self.letters.next() {
            let counts = letter == '{' && self.counts();
            let quantifier = counts || matches!(letter, '*' | '+' | '?');
            if quantifier && after_quantifier && letter != '?' {
                return Err(beyond(&format!("`{letter}` behind a quantifier")));
            }
            after_quantifier = quantifier;
            match letter {
                '\\' => self.escape()?,
                '[' => self.class()?,
                '$' => self.regex.push_str(self.end),
                '(' => self.group()?,
                '{' if counts => self.copy_to('}'),
                '{' => self.regex.push_str("\\{"),
                _ => self.regex.push(letter),
            }
        }
        Ok(())
    }

    /// Whether what follows is `3}`, `3,}` or `3,5}`; any other brace is only a brace.
    fn counts(&self) -> bool {
        let inside: String = self.letters.clone().take_while(|it| *it != '}').collect();
        let closed = self.letters.clone().any(|it| it == '}');
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let (from, to) = inside.split_once(',').unwrap_or((&inside, ""));
        closed && !from.is_empty() && digits(from) && digits(to)
    }

    /// Copies a brace and what follows, up to the end that is known to be there.
    fn copy_to(&mut self, end: char) {
        self.regex.push('{');
        for letter in self.letters.by_ref() {
            self.regex.push(letter);
            if letter == end {
                break;
            }
        }
    }

    /// Behind `(`: flags may only be those that mean the same to both.
    fn group(&mut self) -> Result<(), String> {
        let inside: String =
            self.letters.clone().take_while(|it| !matches!(it, ':' | ')')).collect();
        if inside.starts_with('*') {
            return Err(beyond(&format!("`({inside})`")));
        }
        if let Some(flags) = inside.strip_prefix('?')
            && flags.starts_with(|it: char| it.is_ascii_alphabetic() || it == '-')
            && !flags.starts_with("P<")
            && !flags.chars().all(|it| "is-".contains(it))
        {
            return Err(beyond(&format!("`(?{flags}`")));
        }
        self.regex.push('(');
        Ok(())
    }

    /// Behind `\`, outside of a class.
    fn escape(&mut self) -> Result<(), String> {
        match self.letters.next() {
            Some('Z') => self.regex.push_str(BEFORE_LAST_NEWLINE),
            Some('x') => self.hex(),
            Some(letter @ ('b' | 'B' | 'A' | 'z')) => self.regex.extend(['\\', letter]),
            other => drop(self.shared_escape(other)?),
        }
        Ok(())
    }

    /// Escapes that mean the same in a class and outside. Says whether it is one character.
    fn shared_escape(&mut self, letter: Option<char>) -> Result<bool, String> {
        let Some(letter) = letter else {
            return Err("must not end with a backslash".to_owned());
        };
        match letter {
            // To `regex-lite` these would be the ends of a word.
            '<' | '>' => self.regex.push(letter),
            'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'n' | 'r' | 't' | 'f' | 'a' => {
                self.regex.extend(['\\', letter]);
            }
            _ if letter.is_ascii() && !letter.is_ascii_alphanumeric() => {
                self.regex.extend(['\\', letter]);
            }
            _ => return Err(beyond(&format!("`\\{letter}`"))),
        }
        Ok(!"dDwWsS".contains(letter))
    }

    /// Behind `\x`: two digits, or any number of them in braces.
    fn hex(&mut self) {
        self.regex.push_str("\\x");
        if self.letters.next_if_eq(&'{').is_some() {
            self.copy_to('}');
        }
    }

    /// Behind `[`. PCRE has no set operations: `[`, `&&`, `--` and `~~` are characters.
    fn class(&mut self) -> Result<(), String> {
        self.regex.push('[');
        if self.letters.next_if_eq(&'^').is_some() {
            self.regex.push('^');
        }
        if self.letters.next_if_eq(&']').is_some() {
            self.regex.push_str("\\]");
        }
        // Whether a range may begin with what was read last, and whether one has begun.
        let (mut starts, mut open) = (self.regex.ends_with("\\]"), false);
        while let Some(letter) = self.letters.next() {
            let mut single = true;
            match letter {
                ']' => {
                    self.regex.push(']');
                    return Ok(());
                }
                '-' if starts && self.letters.peek() != Some(&']') => {
                    self.regex.push('-');
                    (starts, open) = (false, true);
                    continue;
                }
                '[' if self.letters.peek() == Some(&':') => {
                    self.posix_class();
                    single = false;
                }
                '\\' => match self.letters.next() {
                    Some('b') => self.regex.push_str("\\x08"),
                    Some('x') => self.hex(),
                    other => single = self.shared_escape(other)?,
                },
                '-' | '[' | '&' | '~' => self.regex.extend(['\\', letter]),
                _ => self.regex.push(letter),
            }
            starts = single && !open;
            open = false;
        }
        Err("must end each of its classes with `]`".to_owned())
    }

    /// `[:alpha:]`, which is passed on, whatever its name.
    fn posix_class(&mut self) {
        self.regex.push('[');
        for letter in self.letters.by_ref() {
            self.regex.push(letter);
            if letter == ']' {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn fits(pattern: &str, text: &str) -> bool {
        Pattern::parse(pattern).unwrap_or_else(|error| panic!("{pattern} {error}")).is_in(text)
    }

    #[track_caller]
    fn refused(pattern: &str) -> String {
        Pattern::parse(pattern).map(|it| it.is_in("")).unwrap_err()
    }

    #[test]
    fn any_delimiter_will_do_and_an_escaped_one_is_a_character() {
        for pattern in ["/^a+$/", " #^a+$#", "~^a+$~i", "{^a{1,}$}", "(^(a)+$)", "<^a+$>"] {
            assert!(fits(pattern, "aa") && !fits(pattern, "ab"), "{pattern}");
        }
        assert!(fits(r"/^a\/b$/", "a/b"));
        assert!(fits("/b/", "abc"));
    }

    #[test]
    fn without_delimiters_there_is_no_pattern() {
        for pattern in ["", "^a$x", "abc", r"\a\", "/a", "/a\\/", "{a{1}"] {
            assert!(refused(pattern).starts_with("must be a pattern"), "{pattern}");
        }
    }

    #[test]
    fn the_dollar_and_its_kin_mean_what_pcre_means() {
        assert!(fits("/^a$/", "a\n") && !fits("/^a$/D", "a\n") && !fits("/^a$/", "a\n\n"));
        assert!(fits("/^b$/m", "a\nb\nc") && !fits("/^b$/", "a\nb\nc"));
        assert!(fits(r"/\Aa\Z/", "a\n") && !fits(r"/\Aa\z/", "a\n"));
        assert!(fits("/a.b/s", "a\nb") && !fits("/a.b/", "a\nb"));
    }

    #[test]
    fn a_class_has_no_operations() {
        assert!(fits("/^[a&&b]+$/", "a&b") && fits("/^[[a]+$/", "[a") && fits("/^[a~~]+$/", "~"));
        assert!(fits(r"/^[\w-.]+$/", "a-.") && fits("/^[a-c-e]+$/", "b-e"));
        assert!(!fits("/^[a-c-e]+$/", "d") && fits("/^[-a]+$/", "-a") && fits("/^[+--]+$/", ","));
        assert!(fits("/^[]a]+$/", "]a") && fits("/^[^]a]$/", "b") && !fits("/^[^]a]$/", "]"));
        assert!(fits("/^[[:alpha:]_-]+$/", "a_-") && fits(r"/^[\b]$/", "\u{8}"));
        assert!(fits(r"/^[\x41-\x{43}]+$/", "ABC") && !fits(r"/^[\x41-\x{43}]$/", "D"));
    }

    #[test]
    fn a_brace_counts_only_where_it_can() {
        assert!(fits("/^{a}$/", "{a}") && fits("/^a{2}$/", "aa") && fits("/^a{2,3}?$/", "aaa"));
        assert!(
            fits("/^.{0,4000}$/", "a")
                && fits("/^[A-Za-z0-9 ,.'-]{1,4000}$/", "a")
                && fits("/^[^<>]{1,4000}$/u", "a")
                && Pattern::parse("/^[A-Za-zäöüÄÖÜß]{1,4000}$/u").is_err()
                && fits("/^[A-Za-zäöüÄÖÜß]{1,255}$/u", "ä")
                && fits("/^a{x}$/", "a{x}")
                && fits(r"/^\x{61}$/", "a")
                && fits(r"/^\<$/", "<")
        );
    }

    #[test]
    fn without_u_bytes_are_compared() {
        assert!(fits("/^.{2}$/", "\u{e4}") && fits("/^.$/u", "\u{e4}"));
        assert!(fits("/^\u{e4}+$/", "\u{e4}") && !fits("/^\u{e4}+$/", "\u{e4}\u{e4}"));
        assert!(fits("/^\u{e4}+$/u", "\u{e4}\u{e4}") && !fits(r"/^\w+$/", "\u{e4}"));
    }

    #[test]
    fn what_only_pcre_can_do_is_refused_by_name() {
        for (pattern, said) in [
            (r"/^\w+$/u", "no `\\w` of Unicode"),
            ("/a++/", "no `+` behind a quantifier"),
            ("/a/x", "no modifier `x`"),
            ("/(?R)/", "no `(?R`"),
            ("/(?x) a/", "no `(?x`"),
            ("/(*UTF8)a/", "no `(*UTF8)`"),
            (r"/\h/", "no `\\h`"),
            (r"/(a)\1/", "no `\\1`"),
            ("/(?=a)/", "look-around is not supported"),
            ("/a)(b/", "without matching"),
            ("/[a/", "classes with `]`"),
            ("/(a{0,100}){0,100}/", "size limit"),
            ("/\u{e4}/iu", "no upper and lower case beyond ASCII"),
        ] {
            let found = refused(pattern);
            assert!(found.contains(said), "{pattern} {found}");
        }
    }
}

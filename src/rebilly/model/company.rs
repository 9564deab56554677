//! [`Company`]: what is known of the company behind a customer's e-mail address.

use crate::engine::input::Input;
use crate::engine::json::EXACT_MAX;
use crate::engine::render::Object;
use crate::engine::rule::TextRule;

/// The published schema `Company`. A paid service of the vendor's finds it by
/// the domain of the address that counts; here a fixture says what it found.
///
/// ```
/// use mock_rebilly::MockRebilly;
///
/// let ada = r#"{ "id": "ada", "company": { "name": "Engines", "employeesCount": 12 } }"#;
/// let rebilly = MockRebilly::builder()
///     .fixture("acme.json", &format!(r#"{{ "customers": [{ada}] }}"#))
///     .without_socket();
/// let company = rebilly.customer("ada").unwrap().company.clone().unwrap();
/// assert_eq!(company.name.as_deref(), Some("Engines"));
/// assert_eq!((company.employees_count, company.country), (Some(12), None));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Company {
    /// What it is called.
    pub name: Option<String>,
    /// Where its website is. Not shown while unset: the schema does not let it be `null`.
    pub domain: Option<String>,
    /// The year in which it was founded.
    pub year_founded: Option<i64>,
    /// What it does.
    pub industry: Option<String>,
    /// How many people work there.
    pub employees_count: Option<i64>,
    /// The country that it is in, as a text of any form.
    pub country: Option<String>,
    /// Where in that country.
    pub locality: Option<String>,
    /// The addresses of its pages at `LinkedIn`, the only relation that its `_links` may have.
    pub linkedin: Vec<String>,
}

/// What a link of a company leads to.
const RELATION: &str = "linkedin";

impl Company {
    /// The members of a company, of which a fixture may say any.
    pub(in crate::rebilly) const MEMBERS: [&str; 8] = [
        "name",
        "domain",
        "yearFounded",
        "industry",
        "employeesCount",
        "country",
        "locality",
        "_links",
    ];

    /// Reads what a fixture says. Requests cannot: it is read-only.
    pub(in crate::rebilly) fn read(input: &Input<'_>) -> Company {
        let text = |name| input.text(name, TextRule::max(usize::MAX)).value();
        let count = |name| input.whole(name, 0..=EXACT_MAX).value();
        Company {
            name: text("name"),
            domain: text("domain"),
            year_founded: count("yearFounded"),
            industry: text("industry"),
            employees_count: count("employeesCount"),
            country: text("country"),
            locality: text("locality"),
            linkedin: input.objects("_links", read_link).value().unwrap_or_default(),
        }
    }

    pub(in crate::rebilly) fn write(&self, object: &mut Object<'_>) {
        object.text_or_null("name", self.name.as_deref());
        if let Some(domain) = &self.domain {
            object.text("domain", domain);
        }
        object.whole_or_null("yearFounded", self.year_founded);
        object.text_or_null("industry", self.industry.as_deref());
        object.whole_or_null("employeesCount", self.employees_count);
        object.text_or_null("country", self.country.as_deref());
        object.text_or_null("locality", self.locality.as_deref());
        object.member("_links").list(&self.linkedin, |item, href| {
            item.object(|link| {
                link.text("rel", RELATION);
                link.text("href", href);
            });
        });
    }
}

/// Clients in use need both members of a link.
fn read_link(input: &Input<'_>) -> String {
    let any = TextRule::max(usize::MAX);
    let published = "linkedin, the only relation that is published";
    input.required_text("rel", any.form(|rel| rel == RELATION, published));
    input.required_text("href", any).unwrap_or_default()
}

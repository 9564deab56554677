//! Made-up data: valid, varied, nobody's, and the same everywhere.

use std::collections::BTreeSet;

use mock_rebilly::samples::Samples;
use mock_rebilly::{MockRebilly, samples};
use serde_json::{Value, json};
use xxhash_rust::xxh3::Xxh3;

use crate::support::Api;

const MANY: usize = 10_000;

/// Every text in a value, with the name of the member that it stands under.
fn texts<'v>(name: &'v str, value: &'v Value, see: &mut dyn FnMut(&'v str, &'v str)) {
    match value {
        Value::String(text) => see(name, text),
        Value::Array(items) => items.iter().for_each(|item| texts(name, item, see)),
        Value::Object(members) => members.iter().for_each(|(name, it)| texts(name, it, see)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// One hash of all that is made.
fn hash(made_up: Samples, count: usize) -> String {
    let mut hash = Xxh3::new();
    let documents = [
        made_up.customers(count),
        made_up.tags(count),
        made_up.custom_fields(count),
        made_up.websites(count),
    ];
    documents.into_iter().for_each(|kind| hash.update(kind.fixture().as_bytes()));
    let bodies = [made_up.contacts(count), made_up.lead_sources(count), made_up.comments(count)];
    bodies.into_iter().flatten().for_each(|body| hash.update(body.to_string().as_bytes()));
    format!("{:032x}", hash.digest128())
}

#[test]
fn the_same_seed_gives_the_same_bytes_in_every_build() {
    // These change with the version of this crate or of `fake`, and are to be told of then.
    assert_eq!(hash(samples(7), 500), "8376aeae459a63d315d8f985bd2cba04");
    assert_eq!(hash(samples(u64::MAX), 500), "d74acfee8539fd4deae2a7bf698d927f");
}

#[test]
fn fewer_are_the_first_of_more() {
    let few: Vec<Value> = samples(3).customers(10).collect();
    let many: Vec<Value> = samples(3).customers(MANY).collect();
    assert_eq!((few.len(), many.len()), (10, MANY));
    assert_eq!(few, many[..10]);
    assert_eq!(samples(3).customers(MANY).nth(9_999).as_ref(), many.last());
    assert_ne!(samples(4).customers(1).next(), samples(3).customers(1).next());
    let some = samples(3).comments(5);
    assert_eq!(some.len(), 5);
    assert_eq!(some.clone().skip(2).collect::<Vec<_>>(), some.collect::<Vec<_>>()[2..]);
}

#[test]
fn ten_thousand_customers_are_taken_as_a_fixture_beside_their_definitions() {
    let made_up = samples(7);
    let rebilly = MockRebilly::builder()
        .samples(made_up.custom_fields(20))
        .samples(made_up.tags(50))
        .samples(made_up.websites(20))
        .samples(made_up.customers(MANY))
        .without_socket();

    let acme = rebilly.organization("acme");
    assert_eq!(acme.customers().len(), MANY);
    let api = Api::direct(&rebilly);
    assert_eq!(api.get("/tags?limit=1000", 200).as_array().unwrap().len(), 50);
    assert_eq!(api.get("/websites?limit=1000", 200).as_array().unwrap().len(), 20);
    assert_eq!(api.get("/custom-fields/customers", 200).as_array().unwrap().len(), 20);
    // They can be found by what they say.
    let german = api.get("/customers?filter=primaryAddress.country:DE&limit=1", 200);
    assert_eq!(german[0]["primaryAddress"]["country"], "DE");
}

#[test]
fn a_bad_mixture_of_samples_is_told_by_their_name() {
    let twice = MockRebilly::builder()
        .samples(samples(7).customers(3))
        .samples(samples(7).customers(1))
        .try_start()
        .unwrap_err();
    let id = samples(7).customers(1).next().unwrap()["id"].as_str().unwrap().to_owned();
    assert_eq!(
        twice.to_string(),
        format!(
            "samples(7): customers 0..1: /customers/0/id: there is another customer with the id `{id}`"
        )
    );
}

#[test]
fn every_sample_is_taken_as_a_request() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let (api, made_up) = (Api::direct(&rebilly), samples(11));
    for field in made_up.custom_fields(8) {
        api.put(
            &format!("/custom-fields/customers/{}", field["name"].as_str().unwrap()),
            &field,
            201,
        );
    }
    made_up.tags(40).for_each(|tag| drop(api.post("/tags", &tag, 201)));
    made_up.websites(5).for_each(|website| drop(api.post("/websites", &website, 201)));
    for customer in made_up.customers(1_000) {
        api.post("/customers", &customer, 201);
        api.put(&format!("/customers/{}", customer["id"].as_str().unwrap()), &customer, 201);
    }
    api.put("/customers/ada", &json!({}), 201);
    for contact in made_up.contacts(1_000) {
        api.put("/customers/ada", &json!({ "primaryAddress": contact }), 200);
    }
    for source in made_up.lead_sources(500) {
        api.put("/customers/ada/lead-source", &source, 201);
    }
    for comment in made_up.comments(500) {
        api.post("/customers/ada/timeline", &comment, 201);
    }
    // What a fixture takes of them, too.
    let ada = json!({ "customers": [{
        "id": "ada",
        "timeline": made_up.comments(100).collect::<Vec<_>>(),
        "leadSource": made_up.lead_sources(1).next(),
        "primaryAddress": made_up.contacts(1).next()
    }] });
    let rebilly = MockRebilly::builder().fixture("ada.json", &ada.to_string()).without_socket();
    assert_eq!(rebilly.timeline("ada").len(), 100);
}

#[test]
fn every_host_is_one_that_is_kept_for_examples() {
    let made_up = samples(5);
    let all = made_up.customers(3_000).chain(made_up.websites(300));
    let all: Vec<Value> =
        all.chain(made_up.lead_sources(1_000)).chain(made_up.comments(1_000)).collect();
    let mut hosts = 0;
    for value in &all {
        texts("", value, &mut |_, text| {
            let words =
                text.split(|letter: char| letter.is_whitespace() || "/,:?".contains(letter));
            for word in words.filter(|word| word.contains('.') && word.is_ascii()) {
                let host = word.rsplit('@').next().unwrap();
                let labels: Vec<&str> = host.split('.').collect();
                // What could be the name of a host at all.
                let top = labels.last().unwrap();
                let is_host = top.len() > 1 && top.chars().all(|it| it.is_ascii_lowercase());
                if is_host && !["no.phone"].contains(&word) {
                    hosts += 1;
                    let [.., "example", "com" | "org" | "net"] = labels[..] else {
                        panic!("{text}");
                    };
                }
            }
        });
    }
    assert!(hosts > 5_000, "{hosts}");
}

/// Whether a phone number is of a range that its country keeps free for fiction.
fn is_fiction(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    #[rustfmt::skip]
    let national = [
        "442079460", "447700900", "01632960", "442920180", // United Kingdom
        "3532091", "6125550", "035550", "085550", // Ireland, Australia
        "493023125", "498999998", "02214710", // Germany
        "3319900", "063998", "3346571", // France
        "468465004", "070174069", "4631390064", // Sweden
    ];
    let american = |digits: &str| {
        let digits = digits.strip_prefix('1').unwrap_or(digits);
        digits.len() == 10 && digits[3..].starts_with("55501")
    };
    american(&digits) || national.iter().any(|range| digits.starts_with(range))
}

#[test]
fn every_phone_number_is_fiction() {
    let mut ranges = BTreeSet::new();
    for contact in samples(5).contacts(5_000) {
        for entry in contact["phoneNumbers"].as_array().into_iter().flatten() {
            let number = entry["value"].as_str().unwrap();
            assert!(is_fiction(number), "{number} in {}", contact["country"]);
            ranges.insert(number[..5].to_owned());
        }
    }
    assert!(ranges.len() > 12, "{ranges:?}");
}

#[test]
fn tax_numbers_are_none_that_an_office_issues() {
    let mut kinds = BTreeSet::new();
    for customer in samples(5).customers(5_000) {
        for number in customer["taxNumbers"].as_array().into_iter().flatten() {
            let value = number["value"].as_str().unwrap();
            let never = ["000", "DE0", "DK0", "PL0", "PT0"].iter().any(|it| value.starts_with(it))
                || (value.starts_with("NL") && value.ends_with("B00"))
                || (value.starts_with("SE") && value.ends_with("00"))
                || (value.starts_with("IT") && &value[9..12] == "000");
            assert!(never, "{value}");
            kinds.insert((number["type"].to_string(), value[..2].to_owned()));
        }
    }
    assert!(kinds.len() > 7, "{kinds:?}");
}

#[test]
fn samples_are_as_varied_as_real_data() {
    let customers: Vec<Value> = samples(2).customers(5_000).collect();
    let count = |is: &dyn Fn(&Value) -> bool| customers.iter().filter(|it| is(it)).count();
    for member in [
        "/primaryAddress",
        "/primaryAddress/firstName",
        "/primaryAddress/lastName",
        "/primaryAddress/organization",
        "/primaryAddress/address",
        "/primaryAddress/address2",
        "/primaryAddress/city",
        "/primaryAddress/region",
        "/primaryAddress/country",
        "/primaryAddress/postalCode",
        "/primaryAddress/dob",
        "/primaryAddress/jobTitle",
        "/customFields/loyaltyTier",
        "/leadSource/medium",
        "/leadSource/referrer",
        "/locale",
        "/taxNumbers",
        "/personId",
    ] {
        let absent = count(&|it| it.pointer(member).is_none());
        let null = count(&|it| it.pointer(member).is_some_and(Value::is_null));
        let there = customers.len() - absent - null;
        assert!(absent > 50 && null > 10 && there > 50, "{member}: {absent} {null} {there}");
    }
    let emails =
        |it: &Value| it.pointer("/primaryAddress/emails").and_then(Value::as_array).map(Vec::len);
    for several in 0..=4 {
        assert!(count(&|it| emails(it) == Some(several)) > 20, "{several} e-mail addresses");
    }
    let second_is_primary =
        |it: &Value| it.pointer("/primaryAddress/emails/1/primary") == Some(&json!(true));
    assert!(count(&second_is_primary) > 20);
    assert!(count(&|it| it.to_string().contains(|letter: char| !letter.is_ascii())) > 1_000);
    let countries: BTreeSet<&str> =
        customers.iter().filter_map(|it| it.pointer("/primaryAddress/country")?.as_str()).collect();
    assert!(countries.len() > 150, "{}", countries.len());
    let addresses = |it: &Value| it.pointer("/primaryAddress/emails/0/value").cloned();
    let own: Vec<String> =
        customers.iter().filter_map(addresses).map(|it| it.to_string()).collect();
    let distinct: BTreeSet<&String> = own.iter().collect();
    assert_eq!(distinct.len(), own.len(), "nobody shares an address");
}

#[test]
fn postal_codes_are_those_of_their_countries() {
    let form = |code: &str| -> String {
        let letter = |it: char| match it {
            '0'..='9' => '9',
            'A'..='Z' => 'A',
            other => other,
        };
        code.chars().map(letter).collect()
    };
    let mut seen = BTreeSet::new();
    for contact in samples(9).contacts(MANY) {
        let (Some(country), Some(code)) =
            (contact["country"].as_str(), contact["postalCode"].as_str())
        else {
            continue;
        };
        let forms: &[&str] = match country {
            "US" => &["99999", "99999-9999"],
            "CA" => &["A9A 9A9"],
            "GB" => &["AA9 9AA", "A99 9AA", "AA99 9AA"],
            "DE" | "FR" | "IT" | "ES" => &["99999"],
            "NL" => &["9999 AA"],
            "JP" => &["999-9999"],
            "BR" => &["99999-999"],
            "PL" => &["99-999"],
            "SE" => &["999 99"],
            "AE" | "HK" => &[],
            _ => continue,
        };
        assert!(forms.contains(&form(code).as_str()), "{country} {code}");
        seen.insert(country.to_owned());
    }
    assert_eq!(seen.len(), 12, "{seen:?}");
}

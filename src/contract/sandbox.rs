//! Targets of Rebilly's contracts: its double, its sandbox, and organizations in them.

use hyper::http::{Request, Response};

use super::target::{Kind, ORGANIZATION, Realms, Target, planted};
use crate::builder::Builder;
use crate::engine::fixtures::Fixture;
use crate::rebilly::Rebilly;

impl Target {
    /// A fresh and empty double of Rebilly for each file, without a socket.
    ///
    /// ```
    /// use mock_rebilly::contract::{Contracts, Target};
    ///
    /// let contracts = Contracts::load("fixtures/rebilly/contracts")?;
    /// contracts.run(&Target::mock()).assert_none();
    /// # Ok::<(), mock_rebilly::contract::ContractError>(())
    /// ```
    #[must_use]
    pub fn mock() -> Target {
        Target::mock_with(|double| double)
    }

    /// The same, set up: the closure is given the builder of an empty double.
    ///
    /// ```
    /// use mock_rebilly::contract::{Contracts, Target};
    ///
    /// let target = Target::mock_with(|double| double.now("2026-03-01T00:00:00Z").seed(7));
    /// # let contracts = Contracts::parse("dates.json", r#"{
    /// #     "format": 1, "title": "New is new.", "source": "made up", "steps": [{
    /// #         "request": { "method": "PUT", "path": "/customers/ada", "body": {} },
    /// #         "answer": { "status": 201, "body": { "createdTime": "2026-03-01T00:00:00Z" } } }] }"#)?;
    /// contracts.run(&target).assert_none();
    /// # Ok::<(), mock_rebilly::contract::ContractError>(())
    /// ```
    #[must_use]
    pub fn mock_with(set_up: impl Fn(Builder<Rebilly>) -> Builder<Rebilly> + 'static) -> Target {
        let make = move |fixtures: Option<&Fixture>| set_up(planted(Builder::new(), fixtures));
        let kind = Kind::Double { make: Box::new(make), transport: None };
        Target { kind, realm: Realms::Shared(ORGANIZATION.to_owned()) }
    }

    /// An address that nothing is known of, such as Rebilly's sandbox.
    ///
    /// All files share the organization, so files that need an empty one are
    /// not played, and the report says so; with
    /// [`organization_for_each`](Target::organization_for_each) they are.
    /// **Customers that contracts make stay there.**
    ///
    /// ```no_run
    /// use mock_rebilly::contract::{Contracts, Target};
    /// use mock_rebilly::http::{Request, Response};
    ///
    /// fn send(request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> {
    ///     let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    ///     let agent: ureq::Agent = agent.build().into();
    ///     let answer = agent.run(request).map_err(|error| error.to_string())?;
    ///     let (head, mut body) = answer.into_parts();
    ///     let body = body.read_to_vec().map_err(|error| error.to_string())?;
    ///     Ok(Response::from_parts(head, body))
    /// }
    ///
    /// let sandbox = "https://api-sandbox.rebilly.com";
    /// let target = Target::remote(sandbox, "my-organization", "sk_sandbox_…", send);
    /// println!("{}", Contracts::load("tests/contracts")?.run(&target));
    /// # Ok::<(), mock_rebilly::contract::ContractError>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When the key is one for real customers (`sk_live…`): contracts write.
    #[must_use]
    #[track_caller]
    pub fn remote(
        base_url: &str,
        organization: &str,
        api_key: &str,
        transport: impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> + 'static,
    ) -> Target {
        Target::at(base_url, api_key, transport).organization(organization)
    }

    /// Rebilly's sandbox, if `REBILLY_SANDBOX_URL`, `REBILLY_SANDBOX_KEY` and
    /// `REBILLY_SANDBOX_ORGANIZATION` are set and not empty; else a double
    /// without a socket. The same test then finds where both have drifted apart.
    ///
    /// ```no_run
    /// # use mock_rebilly::http::{Request, Response};
    /// # fn send(_: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> { Err("offline".into()) }
    /// use mock_rebilly::contract::{Contracts, Target};
    ///
    /// let contracts = Contracts::load("fixtures/rebilly/contracts")?;
    /// contracts.run(&Target::from_env(send)).assert_none();
    /// # Ok::<(), mock_rebilly::contract::ContractError>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When only some of the three are set, and where [`Target::remote`] does.
    #[must_use]
    #[track_caller]
    pub fn from_env(
        transport: impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> + 'static,
    ) -> Target {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place where a test asks to be let out"
        )]
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Target::from_variables(variable, transport)
    }

    #[track_caller]
    fn from_variables(
        variable: impl Fn(&str) -> Option<String>,
        transport: impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> + 'static,
    ) -> Target {
        let names = ["URL", "KEY", "ORGANIZATION"].map(|it| format!("REBILLY_SANDBOX_{it}"));
        match names.each_ref().map(|name| variable(name)) {
            [None, None, None] => Target::mock(),
            [Some(url), Some(key), Some(organization)] => {
                Target::remote(&url, &organization, &key, transport)
            }
            values => {
                let missing = names.iter().zip(&values).filter(|(_, value)| value.is_none());
                let missing: Vec<&str> = missing.map(|(name, _)| name.as_str()).collect();
                panic!("for the sandbox, {} must be set, too", missing.join(" and "));
            }
        }
    }

    /// Plays in this organization: what `${organization}` stands for. A
    /// double's is `acme` unless it is said.
    #[must_use]
    pub fn organization(mut self, id: &str) -> Target {
        self.realm = Realms::Shared(id.to_owned());
        self
    }

    /// Plays each file in an organization of its own, which is empty: the
    /// closure is given the file's name, makes one, and returns its id.
    ///
    /// ```no_run
    /// # use mock_rebilly::http::{Request, Response};
    /// # fn send(_: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> { Err("offline".into()) }
    /// # fn new_organization(name: &str) -> Result<String, String> { Ok(name.to_owned()) }
    /// use mock_rebilly::contract::Target;
    ///
    /// let target = Target::from_env(send).organization_for_each(|file| new_organization(file));
    /// # drop(target);
    /// ```
    ///
    /// A double is fresh for each file and needs none: there, nobody calls it.
    #[must_use]
    pub fn organization_for_each(
        mut self,
        make: impl Fn(&str) -> Result<String, String> + 'static,
    ) -> Target {
        if let Kind::Remote { .. } = self.kind {
            self.realm = Realms::Each(Box::new(make));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(variables: &[(&str, &str)]) -> Target {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Target::from_variables(variable, |_| Err("offline".to_owned()))
    }

    #[test]
    fn without_variables_it_is_a_double() {
        assert_eq!(from(&[]).to_string(), "a double without a socket");
    }

    #[test]
    fn with_all_of_them_it_is_the_sandbox() {
        let target = from(&[
            ("REBILLY_SANDBOX_URL", "https://sandbox.test/"),
            ("REBILLY_SANDBOX_KEY", "sk_sandbox_1"),
            ("REBILLY_SANDBOX_ORGANIZATION", "org_1"),
        ]);
        assert_eq!(target.to_string(), "https://sandbox.test");
        assert!(matches!(target.realm, Realms::Shared(id) if id == "org_1"));
    }

    #[test]
    #[should_panic(
        expected = "for the sandbox, REBILLY_SANDBOX_KEY and REBILLY_SANDBOX_ORGANIZATION must be set, too"
    )]
    fn with_some_of_them_it_is_a_mistake() {
        drop(from(&[("REBILLY_SANDBOX_URL", "https://sandbox.test")]));
    }

    #[test]
    #[should_panic(expected = "not played with a key for real customers")]
    fn a_live_key_is_refused() {
        drop(Target::remote("https://api.test", "org_1", "sk_live_1", |_| Err(String::new())));
    }
}

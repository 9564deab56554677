//! [`Guess`]s of tags, and of how they come on customers and off them.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::guesses;

const TAGGING: &[&str] = &[
    "PostTagCustomer",
    "DeleteTagCustomer",
    "PostTagCustomerCollection",
    "DeleteTagCustomerCollection",
];

guesses! { TAG_GUESSES:
    TAG_TYPE = "tag-type", &["PostTag"],
        "A tag without a type is for customers, as all were before there were types.";

    TAG_TAKEN = "tag-taken", &["PostTag", "PatchTag"],
        "Two tags may not have one name, whatever their types and the case of their letters.";

    TAG_BY_ID = "tag-by-id", &[
            "GetTag",
            "PostTag",
            "PatchTag",
            "DeleteTag",
            "PostTagCustomer",
            "DeleteTagCustomer",
            "PostTagCustomerCollection",
            "DeleteTagCustomerCollection",
        ],
        "A path may name a tag by its id, unless another tag is called like that.";

    TAG_UNKNOWN = "tag-unknown", &[
            "PostTagCustomerCollection", "DeleteTagCustomerCollection",
        ],
        "A tag that does not exist is 404 also where many customers are tagged.";

    TAG_MISFIT = "tag-misfit", TAGGING,
        "A customer is not tagged with a tag of another type: 422, field `tag`. To take one off changes nothing.";

    TAG_TWICE = "tag-twice", &["PostTagCustomer", "DeleteTagCustomer"],
        "Tagging one customer who carries the tag, or untagging one who does not, is 204 and changes nothing.";

    TAG_STRANGERS = "tag-strangers", &[
            "PostTagCustomerCollection", "DeleteTagCustomerCollection",
        ],
        "Customers that do not exist are passed over when many are tagged.";

    TAG_ORDER = "tag-order", &[
            "GetCustomerCollection", "GetCustomer", "PostCustomer", "PutCustomer", "GetSearch",
        ],
        "A customer's tags stand in the order in which they were put on.";

    TAG_COUNTS = "tag-counts", &[
            "PatchTag",
            "DeleteTag",
            "PostTagCustomer",
            "DeleteTagCustomer",
            "PostTagCustomerCollection",
            "DeleteTagCustomerCollection",
        ],
        "Tagging, untagging and deleting a tag are done at once and count as a revision of each customer they change; renaming a tag does not.";
}

// What the app shows.
const plain = (text) => ({ type: "plain_text", text });

/** A card with a link and a button. */
export const card = (headline, value) => [
  { type: "section", text: { type: "mrkdwn", text: `*<https://news.example/1|${headline}>*`, verbatim: true } },
  {
    type: "actions",
    elements: [
      { type: "button", text: plain("Read"), action_id: "read", url: "https://news.example/1" },
      { type: "button", text: plain("Discuss (0)"), action_id: "discuss", value },
    ],
  },
];

/** A modal with a text and a menu whose choices come from the app. */
export const filterModal = () => ({
  type: "modal",
  callback_id: "filter",
  title: plain("Filter"),
  submit: plain("Keep"),
  blocks: [
    { type: "input", block_id: "words", label: plain("Words"), element: { type: "plain_text_input", action_id: "typed" } },
    {
      type: "input",
      block_id: "from",
      optional: true,
      label: plain("Source"),
      element: { type: "external_select", action_id: "source", min_query_length: 2 },
    },
  ],
});

/** A second modal that tells when it is closed. */
export const wordsModal = (title) => ({
  type: "modal",
  callback_id: "words",
  title: plain(title),
  notify_on_close: true,
  blocks: [
    {
      type: "section",
      text: plain("That was all"),
      accessory: { type: "button", text: plain("Look"), action_id: "look" },
    },
  ],
});

using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Feeds;

namespace NewsBot.Chat.Slack;

/// <summary>The windows that ask for something. What they are called here is what <see cref="SlackFormFields"/> reads. Pure.</summary>
internal static class SlackFormViews
{
    /// <summary>Slack's own limit of a text that is typed.</summary>
    public const int MaxText = 3_000;

    /// <summary>So many pieces a pasted list may have.</summary>
    public const int Parts = 5;

    // Addresses are seldom longer, and names never.
    private const int MaxTyped = 2_000;

    private static readonly string[] Days =
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];

    /// <summary>Adds a source.</summary>
    public static View Source(SlackFormState state) =>
        Form(
            SlackFormKinds.Source,
            "Add a source",
            "Look at it",
            state,
            [
                Input(
                    SlackFormFields.Url,
                    "Address of the feed, or of any page of the site",
                    Line("https://example.org")
                ),
                Channel(state.Channel),
                Optional(
                    Input(SlackFormFields.Offer, "How many of its newest entries to post at once, 0 to 20", Line("3"))
                ),
                Optional(Input(SlackFormFields.Name, "What to call it", Line("as the feed calls itself"))),
            ]
        );

    /// <summary>Says when a channel gets its digest.</summary>
    /// <param name="state">Where they came from.</param>
    /// <param name="zone">The zone that is likely meant.</param>
    public static View Digest(SlackFormState state, string zone) =>
        Form(
            SlackFormKinds.Digest,
            "Digest",
            "Show me",
            state,
            [
                Channel(state.Channel),
                Optional(
                    Input(
                        SlackFormFields.Days,
                        "On which days (every day where none is chosen)",
                        new Element(ElementTypes.MultiStaticSelect)
                        {
                            Options = [.. Days.Select(day => OptionObject.Of(day, day[..3].ToLowerInvariant()))],
                        }
                    )
                ),
                Input(SlackFormFields.Times, "At which times", Line("8:30, 17:00")),
                Input(
                    SlackFormFields.Zone,
                    "In which time zone",
                    new Element(ElementTypes.ExternalSelect)
                    {
                        MinQueryLength = 0,
                        InitialOption = OptionObject.Of(zone, zone),
                    }
                ),
            ]
        );

    /// <summary>Chooses the source and channel whose text is to be changed.</summary>
    public static View Pick(string kind, SlackFormState state) =>
        Form(
            $"pick:{kind}",
            kind == SlackFormKinds.Login ? "Login of a feed"
                : kind == SlackFormKinds.Filter ? "Filter"
                : "Template",
            "Next",
            state with
            {
                Field = kind,
            },
            [
                Input(
                    SlackFormFields.Source,
                    "Of which source",
                    new Element(ElementTypes.ExternalSelect) { MinQueryLength = 0 }
                ),
                .. kind == SlackFormKinds.Login ? (IReadOnlyList<Block>)[] : [Channel(state.Channel)],
            ]
        );

    /// <summary>Changes one text of a source in a channel.</summary>
    /// <param name="form">Which.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="text">As it is now; null for none.</param>
    /// <param name="state">Names source and channel.</param>
    public static View Text(SourceForm form, string source, string? text, SlackFormState state) =>
        Form(
            "text",
            $"{form.Title} of {source}",
            "Show me",
            state with
            {
                Field = form.Field,
            },
            [
                Optional(
                    Input(
                        SlackFormFields.Text,
                        form.Label,
                        new Element(ElementTypes.PlainTextInput)
                        {
                            Multiline = true,
                            MaxLength = MaxText,
                            InitialValue = text is { Length: > 0 and <= MaxText } ? text : null,
                        }
                    ) with
                    {
                        Hint = TextObject.Plain(form.Hint) with { Emoji = false },
                    }
                ),
            ]
        );

    /// <summary>Takes in a list or configuration that is pasted, in pieces because Slack's fields are short.</summary>
    public static View Import(SlackFormState state) =>
        Form(
            SlackFormKinds.Import,
            "Import",
            "Show me",
            state,
            [
                Channel(state.Channel),
                .. Enumerable
                    .Range(1, Parts)
                    .Select(part =>
                    {
                        var input = Input(
                            SlackFormFields.Part(part),
                            part == 1
                                ? "A list of feeds (OPML) or a configuration (JSON)"
                                : $"Part {part}, where it goes on",
                            new Element(ElementTypes.PlainTextInput) { Multiline = true, MaxLength = MaxText }
                        );
                        return part == 1 ? input : Optional(input);
                    }),
                .. SlackAnswerText.Blocks("For a longer one give its address: `/news import https://…`"),
            ]
        );

    /// <summary>Types the login of a feed.</summary>
    /// <param name="title">Whose login it is.</param>
    /// <param name="state">Names the source or the address.</param>
    public static View Login(string title, SlackFormState state)
    {
        var secret = Input(
            SlackFormFields.Secret,
            state.Header is { } header ? Shortened.To($"What {header} says", 100) : "Password",
            new Element(ElementTypes.PlainTextInput) { MaxLength = FeedLogin.MaxText }
        ) with
        {
            Hint = TextObject.Plain("It is tried at once, and kept encrypted only where the feed answers."),
        };
        return Form(
            SlackFormKinds.Login,
            title,
            "Try it",
            state,
            state.Header is null
                ?
                [
                    Input(
                        SlackFormFields.User,
                        "User name",
                        new Element(ElementTypes.PlainTextInput) { MaxLength = FeedLogin.MaxText }
                    ),
                    secret,
                ]
                : [secret]
        );
    }

    /// <summary>Answers a comment, or changes an answer that was given like this.</summary>
    /// <param name="quoted">What is answered; our own Markdown.</param>
    /// <param name="present">The answer as it is now; null for a new one.</param>
    /// <param name="state">Names the message.</param>
    public static View Answer(string quoted, string? present, SlackFormState state) =>
        Form(
            "answer",
            present is null ? "Answer this comment" : "Change your comment",
            present is null ? "Answer" : "Change",
            state,
            [
                .. SlackAnswerText.Blocks(quoted),
                Input(
                    SlackFormFields.Text,
                    present is null ? "Your comment" : "Your comment (empty takes it back)",
                    new Element(ElementTypes.PlainTextInput)
                    {
                        Multiline = true,
                        MaxLength = MaxText,
                        InitialValue = present is { Length: > 0 and <= MaxText } ? present : null,
                        FocusOnLoad = true,
                    }
                ) with
                {
                    Optional = present is null ? null : true,
                },
            ]
        );

    private static View Form(
        string callback,
        string title,
        string submit,
        SlackFormState state,
        IReadOnlyList<Block> blocks
    ) =>
        SlackViews.Show(title, blocks) with
        {
            CallbackId = callback,
            Submit = TextObject.Plain(submit),
            Close = TextObject.Plain("Cancel"),
            PrivateMetadata = state.Write(),
        };

    private static Block Channel(string? channel)
    {
        var isChannel = channel is ['C' or 'G', ..];
        return Input(
            SlackFormFields.Channel,
            "For which channel",
            new Element(ElementTypes.ConversationsSelect)
            {
                InitialConversation = isChannel ? channel : null,
                DefaultToCurrentConversation = isChannel ? null : true,
                Filter = new ConversationFilter(["public", "private"], ExcludeBotUsers: true),
            }
        );
    }

    private static Block Input(string name, string label, Element element) =>
        Block.Input(name, label, element with { ActionId = name });

    private static Block Optional(Block input) => input with { Optional = true };

    private static Element Line(string placeholder) =>
        new(ElementTypes.PlainTextInput)
        {
            Placeholder = TextObject.Plain(placeholder) with { Emoji = false },
            MaxLength = MaxTyped,
        };
}

using System.Text;
using System.Text.Json;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Comments;

namespace NewsBot.Chat.Discord;

/// <summary>Reads people's messages: which of them can be comments, and what they say in our Markdown.</summary>
internal sealed class DiscordReader(DiscordGuilds guilds)
{
    // Discord lets a message have three stickers and ten attachments; what says more is cut.
    private const int MaxStickers = 3;
    private const int MaxAttachments = 10;
    private const int MaxNameChars = 100;
    private const int MaxQuestionChars = 300;

    private const int Forward = 1;

    /// <summary>Whether a person wrote this: no bot, no webhook, no line of Discord's own, nothing only one may read.</summary>
    public static bool IsFromPerson(Message message) =>
        message is { Author: { Bot: false, System: false }, WebhookId: null }
        && message.Type is MessageType.Default or MessageType.Reply
        && ((message.Flags ?? MessageFlags.None) & (MessageFlags.Ephemeral | MessageFlags.Loading))
            == MessageFlags.None;

    /// <summary>Whether there is nothing to read, as in every message while the bot may not read them.</summary>
    public static bool IsBlank(Message message) =>
        string.IsNullOrEmpty(message.Content)
        && message is { Attachments: not { Count: > 0 }, Embeds: not { Count: > 0 }, StickerItems: not { Count: > 0 } }
        && message is { MessageSnapshots: not { Count: > 0 }, Poll: null };

    /// <summary>Whether this is somebody's message sent on rather than an answer to one.</summary>
    public static bool IsForward(Message message) => message.MessageReference?.Type == Forward;

    /// <returns>The message this answers; null where it answers none.</returns>
    public static Snowflake? Answered(Message message) =>
        IsForward(message) ? null : message.MessageReference?.MessageId;

    /// <summary>What was typed, cleaned but still in Discord's Markdown.</summary>
    public static string Typed(Message message) => CommentText.Clean(Cut(message.Content ?? "", CommentText.MaxChars));

    /// <summary>Files of the message and of what it forwards.</summary>
    public static IReadOnlyList<Attachment> Files(Message message) =>
        [
            .. (message.Attachments ?? [])
                .Concat((message.MessageSnapshots ?? []).SelectMany(snapshot => snapshot.Message?.Attachments ?? []))
                .DistinctBy(file => file.Id)
                .Take(MaxAttachments),
        ];

    /// <summary>The comment a message becomes, without its files.</summary>
    /// <param name="message">A person's message.</param>
    /// <param name="typed">What of its text is kept, see <see cref="Typed"/>.</param>
    /// <param name="guild">Whose channels and roles it names.</param>
    /// <returns>At most <see cref="CommentText.MaxChars"/> characters of Markdown; empty where only files are there.</returns>
    public string Markdown(Message message, string typed, Snowflake guild)
    {
        List<string> parts = [];
        Add(parts, DiscordMarkdown.Convert(typed, Mentions(guild, message.Mentions)));
        foreach (var snapshot in (message.MessageSnapshots ?? []).Take(1))
        {
            Add(parts, Quote(snapshot.Message, guild));
        }

        foreach (var sticker in (message.StickerItems ?? []).Take(MaxStickers))
        {
            Add(parts, $"*(sticker: {Named(sticker.Name, MaxNameChars)})*");
        }

        if (message.Poll is { } poll)
        {
            Add(parts, $"*(poll: {Named(Question(poll), MaxQuestionChars)})*");
        }

        return Cut(CommentText.Clean(string.Join("\n\n", parts)), CommentText.MaxChars);
    }

    private static void Add(List<string> parts, string part)
    {
        if (part.Trim().Length > 0)
        {
            parts.Add(part);
        }
    }

    private string Quote(MessageSnapshotContent? forwarded, Snowflake guild)
    {
        var typed = CommentText.Clean(Cut(forwarded?.Content ?? "", CommentText.MaxChars));
        var text = DiscordMarkdown.Convert(typed, Mentions(guild, forwarded?.Mentions));
        var quote = new StringBuilder("*(forwarded)*");
        foreach (var line in text.Length == 0 ? [] : text.Split('\n'))
        {
            quote.Append(quote.Length == 13 ? "\n\n> " : "\n> ").Append(line);
        }

        return quote.ToString();
    }

    private DiscordMentions Mentions(Snowflake guild, IReadOnlyList<MentionedUser>? users) =>
        new(
            id =>
                users?.FirstOrDefault(user => user.Id == id) is { } found
                    ? DiscordMembers.Name(new User(found.Id, found.Username, found.GlobalName), found.Member)
                    : null,
            id => Known(guilds.RoleName(guild, id)),
            id => Known(guilds.ChannelName(guild, id))
        );

    private static string? Known(string? name) => string.IsNullOrWhiteSpace(name) ? null : Cut(name, MaxNameChars);

    private static string Named(string? name, int most) =>
        DiscordMentions.Escape(Cut(CommentText.Clean(name ?? "").ReplaceLineEndings(" "), most)) is { Length: > 0 } text
            ? text
            : "without a name";

    private static string? Question(JsonElement poll) =>
        poll.ValueKind == JsonValueKind.Object
        && poll.TryGetProperty("question", out var question)
        && question.ValueKind == JsonValueKind.Object
        && question.TryGetProperty("text", out var text)
        && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;

    private static string Cut(string text, int most) =>
        text.Length <= most ? text
        : char.IsHighSurrogate(text[most - 2]) ? text[..(most - 2)] + "…"
        : text[..(most - 1)] + "…";
}

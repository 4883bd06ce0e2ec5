using System.Text.Json;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Slack;

/// <summary>One form a message can be sent in, from the full one down to words alone.</summary>
/// <param name="Post">What is sent.</param>
/// <param name="Kind">How much of it.</param>
internal sealed record SlackForm(SlackPost Post, SlackFormKind Kind)
{
    /// <summary>The type of the metadata our messages carry; what we look for in a history.</summary>
    public const string EventType = "newsbot_post";

    /// <summary>The message. It calls nobody but a new card's user group: Slack tells nobody of a change.</summary>
    public NewMessage Message()
    {
        var (body, key) = (Post.Outgoing.Body, Post.Outgoing.Key);
        return new NewMessage
        {
            Text = SlackRenderer.Text(body, View.IsNameInText),
            Thread = Post.Thread,
            Username = View.IsNameInText ? null : SlackCopyText.Name(body),
            IconUrl = View.IsNameInText ? null : Icon(body),
            Blocks = Kind switch
            {
                SlackFormKind.Words => null,
                SlackFormKind.Plain => SlackRenderer.Fallback(body, key),
                _ => SlackRenderer.Blocks(body, key, View),
            },
            Metadata = Metadata(key),
        };
    }

    /// <summary>The picture the message shows; null for none.</summary>
    public long? Picture => Kind is SlackFormKind.Full ? Post.View.Picture?.Id : null;

    /// <returns>What to try after Slack refused this form; null where another one would not help.</returns>
    public SlackForm? Plainer(SlackException error) =>
        error.Kind is not SlackErrorKind.Rendering ? null
        : Picture is not null ? this with { Kind = SlackFormKind.WithoutPicture }
        : Kind is SlackFormKind.Full or SlackFormKind.WithoutPicture ? this with { Kind = SlackFormKind.Plain }
        : Kind is SlackFormKind.Plain ? this with { Kind = SlackFormKind.Words }
        : null;

    /// <summary>What a message is known by: it stays with it, and nobody sees it.</summary>
    public static MessageMetadata Metadata(string key) =>
        new(
            EventType,
            JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["key"] = key })
        );

    /// <summary>Whether a message was made with this key.</summary>
    public static bool HasKey(Message message, string key) =>
        message.Metadata is { EventType: EventType } metadata && metadata.TextOf("key") == key;

    /// <returns>True where a message shows a picture.</returns>
    public static bool HasPicture(IEnumerable<Block>? blocks) =>
        blocks?.Any(block => block.Type == BlockTypes.Image || block.Accessory?.Type == ElementTypes.Image) == true;

    private static string? Icon(PostBody body) =>
        body is PostBody.Copy { Comment: { State: CopyState.Shown, Avatar: { } avatar } } ? avatar : null;

    private SlackView View => Kind is SlackFormKind.Full ? Post.View : Post.View with { Picture = null };
}

/// <summary>How much of a message is sent.</summary>
internal enum SlackFormKind
{
    Full,

    /// <summary>Slack could not fetch the picture.</summary>
    WithoutPicture,

    /// <summary>The plainest blocks.</summary>
    Plain,

    /// <summary>No blocks.</summary>
    Words,
}

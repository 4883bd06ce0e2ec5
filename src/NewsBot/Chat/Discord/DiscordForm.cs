using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Discord;

/// <summary>One form a message can be sent in, from the full one down to plain text.</summary>
/// <param name="Post">What is sent.</param>
/// <param name="Picture">The picture it shows; null for none.</param>
/// <param name="IsPlain">True for words alone, in the plainest form there is.</param>
internal sealed record DiscordForm(DiscordPost Post, DiscordPicture? Picture, bool IsPlain)
{
    /// <summary>What is sent along.</summary>
    public IReadOnlyList<UploadFile> Files =>
        Picture is { Bytes.Length: > 0 } ? [new UploadFile(Picture.FileName, "image/webp", Picture.Bytes)] : [];

    /// <summary>The message, which calls nobody unless a new card calls its role.</summary>
    public NewMessage Message()
    {
        var body = Post.Outgoing.Body;
        var key = Post.Outgoing.Key;
        var isNew = Post.Outgoing.Operation is PostOperation.Create;
        return new NewMessage
        {
            Components = IsPlain
                ? DiscordRenderer.Fallback(body, key)
                : DiscordRenderer.Components(body, key, Post.View with { Picture = Picture }),
            Flags = MessageFlags.IsComponentsV2,
            AllowedMentions =
                isNew && !IsPlain && DiscordRenderer.Role(body) is { } role
                    ? AllowedMentions.Role(role)
                    : AllowedMentions.Nobody,
            Attachments = Attachments(isNew),
        };
    }

    /// <returns>What to try after Discord refused this form; null where another one would not help.</returns>
    public DiscordForm? Plainer(DiscordException error)
    {
        var hasUpload = Files.Count > 0;
        return error.Code switch
        {
            // Attaching files is a permission of its own.
            DiscordCodes.MissingPermission when hasUpload && Post.Outgoing.Operation is PostOperation.Create => Bare(),
            DiscordCodes.RequestTooLarge or DiscordCodes.FileTooLarge when hasUpload => Bare(),
            DiscordCodes.InvalidForm or DiscordCodes.EmptyMessage when !IsPlain => Bare() with { IsPlain = true },
            _ => null,
        };
    }

    /// <returns>True where a message shows a picture.</returns>
    public static bool HasPicture(IEnumerable<Component>? components) =>
        components?.Any(part =>
            part.Type is ComponentType.MediaGallery
            || part.Accessory?.Type is ComponentType.Thumbnail
            || HasPicture(part.Components)
        ) == true;

    private DiscordForm Bare() => this with { Picture = null };

    // Nothing said about attachments leaves them as they are; an empty list takes them away.
    private IReadOnlyList<AttachmentDraft>? Attachments(bool isNew) =>
        Picture switch
        {
            { Bytes.Length: > 0 } => [new AttachmentDraft("0", Picture.FileName)],
            null when !isNew && Post.Outgoing.PictureShown is not null => [],
            _ => null,
        };
}

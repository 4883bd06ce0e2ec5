using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Routes;

namespace NewsBot.Testing.Servers.FakeDiscord.Validation;

/// <summary>What a message is sent or edited with, once it was found right.</summary>
internal sealed class MessagePayload
{
    public const int SuppressEmbeds = 1 << 2;
    public const int HasThread = 1 << 5;
    public const int Ephemeral = 1 << 6;
    public const int Loading = 1 << 7;
    public const int SuppressNotifications = 1 << 12;
    public const int HasSnapshot = 1 << 14;
    public const int ComponentsV2 = 1 << 15;

    /// <summary>Null where the field was absent; an edit then leaves what there was.</summary>
    public string? Content { get; private set; }

    public JsonArray? Embeds { get; private set; }

    public JsonArray? Components { get; private set; }

    public int? Flags { get; private set; }

    public AllowedMentions? Mentions { get; private set; }

    public string? Nonce { get; private set; }

    public bool EnforceNonce { get; private set; }

    public JsonObject? Reference { get; private set; }

    /// <summary>Files kept and new ones; null where the field was absent.</summary>
    public IReadOnlyList<(ulong? Kept, NewFile? Added)>? Files { get; private set; }

    public bool HasPoll { get; private set; }

    public bool IsV2 => ((Flags ?? 0) & ComponentsV2) != 0;

    public bool IsEmpty =>
        string.IsNullOrWhiteSpace(Content)
        && Embeds is null or []
        && Components is null or []
        && Files is null or []
        && !HasPoll;

    /// <summary>Checks a body.</summary>
    /// <param name="body">The message.</param>
    /// <param name="uploads">The files beside it.</param>
    /// <param name="path">Put before the paths of errors, with a dot at its end; empty at the top.</param>
    /// <param name="wasV2">For an edit: whether the message has Components V2, which cannot be taken back.</param>
    public static MessagePayload Read(
        JsonObject body,
        IReadOnlyDictionary<int, UploadedFile> uploads,
        string path = "",
        bool wasV2 = false
    )
    {
        var errors = new FieldErrors();
        var payload = new MessagePayload();
        if (body.ContainsKey("flags"))
        {
            payload.Flags = (int)(errors.Number(body, "flags", path + "flags", 0, int.MaxValue) ?? 0);
        }

        if (body.ContainsKey("content"))
        {
            payload.Content = errors.Text(body, "content", path + "content", 0, 2000).Trim();
        }

        if (body.ContainsKey("embeds"))
        {
            payload.Embeds = EmbedRules.Check(body, path + "embeds", errors);
        }

        if (body.ContainsKey("components"))
        {
            payload.Components = ComponentRules.Check(body, path + "components", payload.IsV2 || wasV2, errors);
        }

        payload.ReadRest(body, uploads, path, errors);
        if (payload.IsV2 || wasV2)
        {
            payload.RefuseOldFields(path, errors);
        }

        errors.ThrowIfAny();
        return payload;
    }

    private void ReadRest(
        JsonObject body,
        IReadOnlyDictionary<int, UploadedFile> uploads,
        string path,
        FieldErrors errors
    )
    {
        Mentions = AllowedMentions.Read(body, path + "allowed_mentions", errors);
        if (body["nonce"] is not null)
        {
            Nonce = errors.Text(body, "nonce", path + "nonce", 0, 25);
        }

        EnforceNonce = errors.Flag(body, "enforce_nonce", path + "enforce_nonce") ?? false;
        Reference = errors.Object(body, "message_reference", path + "message_reference");
        HasPoll = errors.Object(body, "poll", path + "poll") is not null;
        errors.List(body, "sticker_ids", path + "sticker_ids", 3);
        errors.Flag(body, "tts", path + "tts");
        Files = FileRules.Read(body, uploads, path, errors);
    }

    private void RefuseOldFields(string path, FieldErrors errors)
    {
        const string Message = "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2";
        if (!string.IsNullOrEmpty(Content))
        {
            errors.Add(path + "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", Message);
        }

        if (Embeds is { Count: > 0 })
        {
            errors.Add(
                path + "embeds",
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                Message.Replace("content", "embeds", StringComparison.Ordinal)
            );
        }

        if (HasPoll)
        {
            errors.Add(
                path + "poll",
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                Message.Replace("content", "poll", StringComparison.Ordinal)
            );
        }
    }
}

/// <summary>A file that comes with a message.</summary>
internal sealed record NewFile(UploadedFile Upload, string Name, string? Description);

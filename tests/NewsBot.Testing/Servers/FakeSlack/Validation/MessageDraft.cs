using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Methods;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Validation;

/// <summary>The content of a message that is to be, checked.</summary>
internal sealed class MessageDraft
{
    // Source: https://docs.slack.dev/reference/methods/chat.postMessage and chat.update
    private const int CutAt = 40_000;
    private const int MaxUpdate = 4_000;
    private const int MaxMarkdown = 12_000;
    private const int MaxAttachments = 100;
    private const int MaxMetadataBytes = 16_384;

    public string Text { get; private set; } = "";

    public bool HasText { get; private set; }

    public JsonArray? Blocks { get; private set; }

    public JsonArray? Attachments { get; private set; }

    public bool HasAttachments { get; private set; }

    public JsonObject? Metadata { get; private set; }

    public bool HasMetadata { get; private set; }

    public string? Username { get; private set; }

    public JsonObject? Icons { get; private set; }

    /// <summary>Reads and checks it.</summary>
    /// <param name="state">Makes up block ids.</param>
    /// <param name="args">The fields of the call or answer.</param>
    /// <param name="team">Who posts.</param>
    /// <param name="surface">Which limits hold.</param>
    /// <exception cref="FakeApiException">It is no message.</exception>
    public static MessageDraft Read(FakeSlackState state, JsonObject args, StoredTeam team, Surface surface)
    {
        var draft = new MessageDraft();
        draft.ReadText(args, surface);
        draft.ReadBlocks(state, args, surface);
        draft.ReadAttachments(args);
        draft.ReadMetadata(args);
        draft.ReadNames(args, team);
        if (draft.Text.Length == 0 && draft.Blocks is not { Count: > 0 } && draft.Attachments is not { Count: > 0 })
        {
            throw new FakeApiException("no_text");
        }

        return draft;
    }

    /// <summary>A message of the app.</summary>
    public StoredMessage ToMessage(StoredTeam team) =>
        new()
        {
            UserId = team.BotUserId,
            BotId = team.BotId,
            TeamId = team.Id,
            Text = Text,
            Blocks = Blocks,
            Attachments = Attachments,
            Metadata = Metadata,
            Username = Username,
            Icons = Icons,
        };

    /// <summary>
    /// Puts it in the place of what a message held: text without blocks ends the blocks, blocks without text leave no text;
    /// attachments and metadata stay where none are given.
    /// </summary>
    public void Change(StoredMessage message)
    {
        message.Text = Text;
        message.Blocks = Blocks;
        message.Unfurls = null;
        if (HasAttachments)
        {
            message.Attachments = Attachments;
        }

        if (HasMetadata)
        {
            message.Metadata = Metadata;
        }
    }

    private void ReadText(JsonObject args, Surface surface)
    {
        var text = args["text"]?.ToString() ?? "";
        if (args["markdown_text"]?.ToString() is { Length: > 0 } markdown)
        {
            if (text.Length > 0 || args["blocks"] is not null)
            {
                throw new FakeApiException("markdown_text_conflict");
            }

            text =
                markdown.Length <= MaxMarkdown
                    ? markdown
                    : throw new FakeApiException("msg_too_long", "markdown_text is longer than 12000 characters");
        }

        if (surface == Surface.Update && text.Length > MaxUpdate)
        {
            throw new FakeApiException("msg_too_long");
        }

        HasText = text.Length > 0;
        Text = TextForm.Normalise(text.Length > CutAt ? text[..CutAt] : text);
    }

    private void ReadBlocks(FakeSlackState state, JsonObject args, Surface surface)
    {
        switch (FakeCall.JsonOf(args["blocks"], "invalid_blocks_format"))
        {
            case null:
                return;
            case JsonArray { Count: 0 }:
                return;
            case JsonArray blocks:
                BlockRules.Check(blocks, surface);
                Blocks = (JsonArray)blocks.DeepClone();
                BlockRules.NumberBlocks(Blocks, () => state.NextSecret(5));
                return;
            default:
                throw new FakeApiException("invalid_blocks_format");
        }
    }

    private void ReadAttachments(JsonObject args)
    {
        if (!args.ContainsKey("attachments"))
        {
            return;
        }

        HasAttachments = true;
        switch (FakeCall.JsonOf(args["attachments"], "invalid_attachments"))
        {
            case null:
                return;
            case JsonArray { Count: > MaxAttachments }:
                throw new FakeApiException("too_many_attachments");
            case JsonArray attachments when attachments.All(one => one is JsonObject):
                Attachments = (JsonArray)attachments.DeepClone();
                return;
            default:
                throw new FakeApiException("invalid_attachments");
        }
    }

    private void ReadMetadata(JsonObject args)
    {
        if (FakeCall.JsonOf(args["metadata"], "invalid_metadata_format") is not { } metadata)
        {
            return;
        }

        if (metadata is JsonObject { Count: 0 })
        {
            HasMetadata = true;
            return;
        }

        if (
            metadata is not JsonObject given
            || given["event_type"] is not JsonValue type
            || type.GetValueKind() != JsonValueKind.String
            || given["event_payload"] is not JsonObject
            || given.Count != 2
        )
        {
            throw new FakeApiException("invalid_metadata_schema", "metadata has an event_type and an event_payload");
        }

        if (Encoding.UTF8.GetByteCount(given.ToJsonString()) > MaxMetadataBytes)
        {
            throw new FakeApiException("metadata_too_large");
        }

        HasMetadata = true;
        Metadata = (JsonObject)given.DeepClone();
    }

    private void ReadNames(JsonObject args, StoredTeam team)
    {
        var name = args["username"]?.ToString();
        var emoji = args["icon_emoji"]?.ToString();
        var url = args["icon_url"]?.ToString();
        if (string.IsNullOrEmpty(name) && string.IsNullOrEmpty(emoji) && string.IsNullOrEmpty(url))
        {
            return;
        }

        if (!team.Scopes.Contains("chat:write.customize"))
        {
            throw new FakeApiException("missing_scope")
            {
                Needed = "chat:write.customize",
                Provided = string.Join(',', team.Scopes),
            };
        }

        Username = string.IsNullOrEmpty(name) ? null : name;
        Icons =
            !string.IsNullOrEmpty(emoji) ? new JsonObject { ["emoji"] = emoji }
            : !string.IsNullOrEmpty(url) ? new JsonObject { ["image_48"] = url }
            : null;
    }
}

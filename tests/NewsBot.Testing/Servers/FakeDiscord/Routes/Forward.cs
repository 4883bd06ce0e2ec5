using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>Forwarded messages: a copy of another message as it was, under the name of who sends it on.</summary>
internal static class Forward
{
    private static readonly string[] Copied =
    [
        "type",
        "content",
        "embeds",
        "attachments",
        "timestamp",
        "edited_timestamp",
        "flags",
        "mentions",
        "mention_roles",
        "components",
    ];

    public static MessageDraft Draft(FakeDiscordState state, ulong user, JsonObject reference)
    {
        var errors = new FieldErrors();
        var from = errors.Id(reference, "channel_id", "message_reference.channel_id");
        var id = errors.Id(reference, "message_id", "message_reference.message_id");
        if (from is null)
        {
            errors.Missing("message_reference.channel_id");
        }

        if (id is null)
        {
            errors.Missing("message_reference.message_id");
        }

        errors.ThrowIfAny();
        var source = state.FindChannel(from!.Value, user);
        state.Require(user, source, Permissions.ReadHistory);
        var whole = state.Message(state.FindMessage(source.Id, id!.Value));
        var snapshot = new JsonObject();
        foreach (var name in Copied)
        {
            snapshot[name] = whole[name]?.DeepClone();
        }

        var told = MessageRoutes.Reference(source, id.Value);
        told["type"] = 1;
        return new MessageDraft
        {
            AuthorId = user,
            Flags = MessagePayload.HasSnapshot,
            Reference = told,
            Snapshots = [new JsonObject { ["message"] = snapshot }],
        };
    }
}

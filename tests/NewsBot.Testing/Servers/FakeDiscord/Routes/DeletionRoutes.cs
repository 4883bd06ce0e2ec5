using System.Globalization;
using NewsBot.Testing.Servers.FakeDiscord.Stored;
using NewsBot.Testing.Servers.FakeDiscord.Validation;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>
/// Messages deleted, one or many. Source: https://discord.com/developers/docs/resources/message#delete-message
/// </summary>
internal static class DeletionRoutes
{
    private const string Messages = "/channels/{channel}/messages";
    private static readonly TimeSpan BulkAge = TimeSpan.FromDays(14);

    public static IEnumerable<FakeRoute> All() =>
        [
            new("DELETE", Messages + "/{message}", Delete) { Limit = limits => limits.Delete },
            new("POST", Messages + "/bulk-delete", BulkDelete),
        ];

    private static FakeReply Delete(FakeCall call)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        var message = state.FindMessage(channel.Id, call.Id("message"));
        if (message.AuthorId != call.Actor.UserId || message.WebhookName is not null)
        {
            state.Require(call.Actor.UserId, channel, Permissions.ManageMessages);
        }

        if (message.Type is 1 or 2 or 3 or 4 or 5 or 21)
        {
            throw Fail.With(50021);
        }

        state.Delete(channel, message);
        return FakeReply.Nothing;
    }

    private static FakeReply BulkDelete(FakeCall call)
    {
        var state = call.State;
        var channel = state.FindChannel(call.Id("channel"), call.Actor.UserId);
        state.Require(call.Actor.UserId, channel, Permissions.ManageMessages);
        var errors = new FieldErrors();
        var ids = errors
            .List(call.Body, "messages", "messages", int.MaxValue)
            .Select(id => ulong.TryParse(id?.ToString(), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .ToList();
        if (ids.Contains(0UL))
        {
            errors.Add("messages", "NUMBER_TYPE_COERCE", "Value is not snowflake.");
        }

        errors.ThrowIfAny();
        if (ids.Count is < 2 or > 100 || ids.Distinct().Count() != ids.Count)
        {
            throw Fail.With(50016);
        }

        if (ids.Exists(id => FakeDiscordState.When(id) < state.Now - BulkAge))
        {
            throw Fail.With(50034);
        }

        state.DeleteMany(channel, ids);
        return FakeReply.Nothing;
    }
}

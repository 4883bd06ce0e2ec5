using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Methods;
using NewsBot.Testing.Servers.FakeSlack.Stored;
using NewsBot.Testing.Servers.FakeSlack.Validation;

namespace NewsBot.Testing.Servers.FakeSlack;

/// <content>Commands, clicks and shortcuts, and what the app answers to them.</content>
public sealed partial class FakeSlackState
{
    // Source: https://docs.slack.dev/interactivity/handling-user-interaction
    private const int MaxResponses = 5;

    private static readonly TimeSpan TriggerLife = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ResponseLife = TimeSpan.FromMinutes(30);

    /// <summary>Asks the app for something; its payload is completed and sent.</summary>
    internal StoredExchange Ask(StoredExchange exchange, JsonObject payload, bool answerable)
    {
        exchange.Id = ++World.LastId;
        exchange.At = Now;
        World.Exchanges[exchange.Id] = exchange;
        payload["trigger_id"] = NewTrigger(exchange);
        if (answerable)
        {
            payload["response_url"] = NewResponseUrl(exchange);
        }

        Asked?.Invoke(exchange, payload);
        return exchange;
    }

    /// <summary>Who asks, from where, as interactions have it.</summary>
    internal JsonObject InteractionHead(string type, StoredUser user, StoredTeam? seenBy = null)
    {
        var team = seenBy ?? Team(user.TeamId);
        return new JsonObject
        {
            ["type"] = type,
            ["team"] = new JsonObject { ["id"] = team.Id, ["domain"] = team.Domain },
            ["user"] = new JsonObject
            {
                ["id"] = user.Id,
                ["username"] = user.Name,
                ["name"] = user.Name,
                ["team_id"] = user.TeamId,
            },
            ["api_app_id"] = World.AppId,
            ["token"] = World.VerificationToken,
            ["enterprise"] = null,
            ["is_enterprise_install"] = false,
        };
    }

    /// <summary>The app did not answer in time, or wrongly: the human is told so.</summary>
    internal void Fail(StoredExchange exchange, string reason)
    {
        if (!exchange.Acked && !exchange.Failed)
        {
            exchange.Failed = true;
            AddToInbox(exchange.UserId, exchange.Id, "failed", new JsonObject { ["reason"] = reason });
        }
    }

    /// <summary>
    /// Takes the acknowledgement of something asked, with the answer that may be in it; the human is told where that cannot be
    /// taken.
    /// </summary>
    internal void Acknowledge(StoredExchange exchange, JsonObject? answer)
    {
        try
        {
            TakeAnswer(exchange, answer);
        }
        catch (FakeApiException error)
        {
            (exchange.Acked, exchange.AckedAfter) = (false, null);
            Fail(exchange, $"The answer was refused: {error.Body().ToJsonString()}");
        }
    }

    /// <summary>Takes what was posted to a response_url.</summary>
    internal void Respond(string secret, JsonObject answer)
    {
        if (!World.ResponseUrls.TryGetValue(secret, out var url))
        {
            throw new FakeApiException("invalid_url");
        }

        if (url.EndsAt < Now)
        {
            throw new FakeApiException("expired_url");
        }

        if (url.Uses >= MaxResponses)
        {
            throw new FakeApiException("used_url");
        }

        url.Uses++;
        TakeMessage(World.Exchanges[url.ExchangeId], answer);
    }

    /// <summary>The exchange a trigger_id stands for; it can be used once, within three seconds.</summary>
    internal StoredExchange TakeTrigger(string id)
    {
        if (!World.Triggers.TryGetValue(id, out var trigger))
        {
            throw new FakeApiException("invalid_trigger_id");
        }

        if (trigger.Used)
        {
            throw new FakeApiException("exchanged_trigger_id");
        }

        if (trigger.EndsAt < Now)
        {
            throw new FakeApiException("expired_trigger_id");
        }

        trigger.Used = true;
        return World.Exchanges[trigger.ExchangeId];
    }

    private void TakeAnswer(StoredExchange exchange, JsonObject? answer)
    {
        if (exchange.Acked || exchange.Failed)
        {
            return;
        }

        exchange.Acked = true;
        exchange.AckedAfter = Now - exchange.At;
        switch (exchange.Type)
        {
            case "slash_command" when answer is not null:
                TakeMessage(exchange, answer);
                break;
            case "block_suggestion":
                AddToInbox(exchange.UserId, exchange.Id, "options", ViewRules.Options(answer));
                break;
            case "view_submission":
                TakeSubmission(exchange, answer);
                break;
            default:
                break;
        }
    }

    private string NewTrigger(StoredExchange exchange)
    {
        foreach (var old in World.Triggers.Where(one => one.Value.EndsAt < Now - ResponseLife).ToList())
        {
            World.Triggers.Remove(old.Key);
        }

        var id = $"{Number(++World.LastId)}.{Number(Now.ToUnixTimeSeconds())}.{NextSecret(32)}";
        World.Triggers[id] = new StoredTrigger { ExchangeId = exchange.Id, EndsAt = Now + TriggerLife };
        return id;
    }

    private string NewResponseUrl(StoredExchange exchange)
    {
        var secret = $"{exchange.TeamId}/{Number(++World.LastId)}/{NextSecret(24)}";
        World.ResponseUrls[secret] = new StoredResponseUrl { ExchangeId = exchange.Id, EndsAt = Now + ResponseLife };
        var kind = exchange.Type == "slash_command" ? "commands" : "actions";
        return $"{Root}/{kind}/{secret}";
    }

    /// <summary>A message as an answer: new, in the place of the one clicked on, or its end.</summary>
    private void TakeMessage(StoredExchange exchange, JsonObject answer)
    {
        var channel = Channel(exchange.ChannelId);
        var source = exchange.MessageTs is { } ts
            ? FindMessage(channel.Id, ts) ?? World.Ephemeral.GetValueOrDefault($"{channel.Id} {ts}")
            : null;
        if (Is(answer, "delete_original") && source is not null)
        {
            Remove(exchange, source);
            return;
        }

        var team = Team(exchange.TeamId);
        var draft = MessageDraft.Read(this, answer, team, Surface.Response);
        if (Is(answer, "replace_original") && source is not null)
        {
            Replace(exchange, source, draft);
            return;
        }

        var message = draft.ToMessage(team);
        var thread = answer["thread_ts"]?.ToString();
        if (answer["response_type"]?.ToString() == "in_channel")
        {
            message.ThreadTs = thread;
            Post(channel, message);
            AddToInbox(exchange.UserId, exchange.Id, "message", Message(message, withMetadata: false));
            return;
        }

        message.ThreadTs = thread ?? exchange.ThreadTs;
        PostEphemeral(channel, message, exchange.UserId, exchange.Id);
    }

    private void Remove(StoredExchange exchange, StoredMessage source)
    {
        if (source.EphemeralTo is null)
        {
            Delete(source);
        }
        else
        {
            World.Ephemeral.Remove($"{source.ChannelId} {source.Ts}");
        }

        AddToInbox(exchange.UserId, exchange.Id, "deleted", new JsonObject { ["ts"] = source.Ts });
    }

    private void Replace(StoredExchange exchange, StoredMessage source, MessageDraft draft)
    {
        if (source.EphemeralTo is null)
        {
            Edit(source, () => draft.Change(source));
        }
        else
        {
            draft.Change(source);
        }

        AddToInbox(exchange.UserId, exchange.Id, "message", Message(source, withMetadata: false));
    }

    private static bool Is(JsonObject answer, string field) => answer[field]?.ToString() is "true" or "1";
}

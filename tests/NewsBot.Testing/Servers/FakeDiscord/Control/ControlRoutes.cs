using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NewsBot.Testing.Servers.FakeDiscord.Routes;

namespace NewsBot.Testing.Servers.FakeDiscord.Control;

/// <summary>The routes below /_fake, by which whoever tries a bot plays the rest of the world.</summary>
/// <param name="server">What they steer.</param>
internal sealed class ControlRoutes(FakeDiscordServer server)
{
    // Scripts of faults are small.
    private const int MaxBytes = 1024 * 1024;

    public async Task HandleAsync(HttpContext context, string[] path)
    {
        try
        {
            await AnswerAsync(context, path);
        }
        catch (Exception error)
            when (error
                    is FormatException
                        or ArgumentException
                        or JsonException
                        or InvalidOperationException
                        or KeyNotFoundException
            )
        {
            await ReplyAsync(context, 400, new JsonObject { ["error"] = error.Message });
        }
        catch (FakeApiException error)
        {
            await ReplyWriter.ErrorAsync(context, error);
        }
    }

    private async Task AnswerAsync(HttpContext context, string[] path)
    {
        switch (context.Request.Method, path)
        {
            case ("GET", ["state"]):
                await ReplyAsync(context, 200, StateDescription.Of(server));
                break;
            case ("GET", ["humans", var name, "inbox"]):
                await ReplyAsync(context, 200, server.Human(name).Inbox);
                break;
            case ("GET", ["humans"]):
                await ReplyAsync(context, 200, server.Humans());
                break;
            case ("DELETE", ["faults"]):
                server.ClearFaults();
                await ReplyAsync(context, 200, new JsonObject { ["ok"] = true });
                break;
            case ("POST", ["faults"]):
                AddFaults(await ReadAsync(context));
                await ReplyAsync(context, 200, server.Faults.Describe());
                break;
            case ("POST", ["interactions-endpoint"]):
                await SetEndpointAsync(context);
                break;
            case ("POST", [var act]):
                var body = await ReadAsync(context) as JsonObject ?? [];
                await ReplyAsync(context, 200, Do(act, body));
                break;
            default:
                await ReplyAsync(context, 404, new JsonObject { ["error"] = "There is no such route below /_fake." });
                break;
        }
    }

    private async Task SetEndpointAsync(HttpContext context)
    {
        var body = await ReadAsync(context) as JsonObject ?? [];
        var refused = await server.SetInteractionsEndpointAsync(body["url"]?.ToString(), context.RequestAborted);
        await ReplyAsync(context, refused is null ? 200 : 400, new JsonObject { ["error"] = refused });
    }

    private void AddFaults(JsonNode? body)
    {
        var rules = body switch
        {
            JsonArray list => list.OfType<JsonObject>().ToList(),
            JsonObject one => [one],
            _ => throw new FormatException("Faults are an object or a list of objects."),
        };
        foreach (var rule in rules)
        {
            Scripts.AddFault(server, rule);
        }
    }

    private JsonObject Do(string act, JsonObject body)
    {
        var driver = server.Driver;
        switch (act)
        {
            case "bulk-delete":
                driver.BulkDelete(Id("channel"), [.. Array("messages").Select(Parse)]);
                break;
            case "delete-message":
                driver.DeleteMessage(Id("channel"), Id("message"));
                break;
            case "delete-channel":
                driver.DeleteChannel(Id("channel"));
                break;
            case "thread":
                driver.SetThread(Id("channel"), (bool?)body["archived"], (bool?)body["locked"]);
                break;
            case "remove-bot":
                driver.RemoveBot(Maybe("guild"));
                break;
            case "invite-bot":
                driver.InviteBot(Maybe("guild"));
                break;
            case "outage":
                driver.SetOutage((bool?)body["unavailable"] ?? true, Maybe("guild"));
                break;
            case "permissions":
                driver.SetPermissions(Id("channel"), Maybe("allow") ?? 0, Maybe("deny") ?? 0, Maybe("target"));
                break;
            case "bot-permissions":
                driver.SetBotPermissions(Id("permissions"), Maybe("guild"));
                break;
            case "rename":
                driver.Rename(Id("channel"), Text("name"));
                break;
            case "channel":
                return Made(
                    driver.AddChannel(
                        (int?)body["type"] ?? 0,
                        Text("name"),
                        Maybe("guild"),
                        (bool?)body["require_tag"] ?? false
                    )
                );
            case "require-tag":
                driver.SetRequireTag(Id("channel"), (bool?)body["required"] ?? true);
                break;
            case "guild":
                return Made(driver.AddGuild(Text("name"), (int?)body["channels"] ?? 3, (int?)body["threads"] ?? 0));
            case "delete-webhook":
                driver.DeleteWebhook(Id("webhook"));
                break;
            case "message-content":
                driver.SetMessageContent((bool?)body["enabled"] ?? true);
                break;
            case "retell":
                driver.Retell(Id("channel"), Id("message"));
                break;
            case "clear-reactions":
                driver.ClearReactions(Id("channel"), Id("message"));
                break;
            case "limits":
                Scripts.SetLimits(server, body);
                break;
            default:
                return DoToHuman(act, body);
        }

        return new JsonObject { ["ok"] = true };

        ulong Id(string field) => Parse(body[field] ?? throw new FormatException($"{act} needs {field}."));

        ulong? Maybe(string field) => body[field] is { } node ? Parse(node) : null;

        string Text(string field) => body[field]?.ToString() ?? throw new FormatException($"{act} needs {field}.");

        JsonArray Array(string field) => body[field] as JsonArray ?? throw new FormatException($"{act} needs {field}.");

        static JsonObject Made(ulong id) => new() { ["id"] = FakeDiscordState.Text(id) };
    }

    private JsonObject DoToHuman(string act, JsonObject body)
    {
        var driver = server.Driver;
        var name = body["name"]?.ToString() ?? throw new FormatException($"{act} is unknown, or needs name.");
        switch (act)
        {
            case "ban":
                driver.Ban(name, (bool?)body["banned"] ?? true);
                break;
            case "member":
                driver.SetMember(name, (bool?)body["member"] ?? true);
                break;
            case "timeout":
                driver.TimeOut(name, TimeSpan.FromMinutes((double?)body["minutes"] ?? 10));
                break;
            case "nick":
                driver.SetNick(name, body["nick"]?.ToString());
                break;
            case "refuse-dms":
                driver.SetRefusesDirectMessages(name, (bool?)body["refuses"] ?? true);
                break;
            case "human":
                var id = driver.AddHuman(name);
                return new JsonObject { ["id"] = FakeDiscordState.Text(id), ["token"] = server.Human(name).Token };
            default:
                throw new FormatException($"There is no {act} below /_fake.");
        }

        return new JsonObject { ["ok"] = true };
    }

    private static ulong Parse(JsonNode? node) =>
        ulong.TryParse(node?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new FormatException($"{node} is no id.");

    private static async Task<JsonNode?> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        if (buffer.Length > MaxBytes)
        {
            throw new FormatException("The body is too large.");
        }

        return buffer.Length == 0 ? null : JsonNode.Parse(buffer.ToArray());
    }

    private static Task ReplyAsync(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        return ReplyWriter.JsonAsync(context, body);
    }
}

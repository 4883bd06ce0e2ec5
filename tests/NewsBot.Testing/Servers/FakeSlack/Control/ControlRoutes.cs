using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NewsBot.Testing.Servers.FakeSlack.Methods;

namespace NewsBot.Testing.Servers.FakeSlack.Control;

/// <summary>The routes below /_fake, by which whoever tries a bot plays the rest of the world.</summary>
/// <param name="server">What they steer.</param>
internal sealed class ControlRoutes(FakeSlackServer server)
{
    // Scripts of faults are small.
    private const int MaxBytes = 1024 * 1024;

    private readonly HumanOrders _humans = new(server);
    private readonly DriverOrders _driver = new(server);

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
            await Answer.JsonAsync(context, 400, new JsonObject { ["ok"] = false, ["error"] = error.Message });
        }
        catch (FakeApiException error)
        {
            await Answer.JsonAsync(context, 400, error.Body());
        }
    }

    private async Task AnswerAsync(HttpContext context, string[] path)
    {
        switch (context.Request.Method, path)
        {
            case ("GET", ["state"]):
                await Answer.JsonAsync(context, 200, StateDescription.Of(server));
                break;
            case ("GET", ["humans", var name, "inbox"]):
                await Answer.JsonAsync(context, 200, server.Human(name).Inbox);
                break;
            case ("GET", ["humans"]):
                await Answer.JsonAsync(context, 200, server.Humans());
                break;
            case ("DELETE", ["faults"]):
                server.ClearFaults();
                await Answer.JsonAsync(context, 200, new JsonObject { ["ok"] = true });
                break;
            case ("POST", ["faults"]):
                AddFaults(await ReadAsync(context));
                await Answer.JsonAsync(context, 200, server.Faults.Describe());
                break;
            case ("POST", ["delivery"]):
                await SetDeliveryAsync(context);
                break;
            case ("POST", [var act]):
                var order = new Order(act, await ReadAsync(context) as JsonObject ?? []);
                var done = await _humans.DoAsync(order, context.RequestAborted) ?? _driver.Do(order);
                await Answer.JsonAsync(context, 200, done);
                break;
            default:
                throw new FormatException("There is no such route below /_fake.");
        }
    }

    private async Task SetDeliveryAsync(HttpContext context)
    {
        var body = await ReadAsync(context) as JsonObject ?? [];
        var refused = await server.Delivery.SetUrlsAsync(Scripts.Urls(body), context.RequestAborted);
        await Answer.JsonAsync(
            context,
            refused is null ? 200 : 400,
            new JsonObject { ["ok"] = refused is null, ["error"] = refused }
        );
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
}

using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;
using NewsBot.Testing.Servers.FakeSlack.Validation;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>Modals and home tabs. Source: https://docs.slack.dev/reference/methods?family=views</summary>
internal static class ViewMethods
{
    public static IEnumerable<FakeMethod> All() =>
        [
            new("views.open", Tier.Four, Open) { For = [ActorKind.Bot], TakesJson = true },
            new("views.push", Tier.Four, Push) { For = [ActorKind.Bot], TakesJson = true },
            new("views.update", Tier.Four, Update) { For = [ActorKind.Bot], TakesJson = true },
            new("views.publish", Tier.Four, Publish) { For = [ActorKind.Bot], TakesJson = true },
        ];

    private static JsonObject Open(FakeCall call)
    {
        var written = View(call, "modal");
        var exchange = Triggered(call);
        return Shown(call, call.State.OpenView(exchange, written, below: null));
    }

    private static JsonObject Push(FakeCall call)
    {
        var written = View(call, "modal");
        var exchange = Triggered(call);
        var below = exchange.ViewId is { } id ? call.State.FindView(id) : throw new FakeApiException("not_found");
        return Shown(call, call.State.OpenView(exchange, written, below));
    }

    private static JsonObject Update(FakeCall call)
    {
        var written = View(call, null);
        var view = call.Text("view_id") is { } id
            ? call.State.FindView(id)
            : call.State.World.Views.Values.LastOrDefault(one =>
                call.Text("external_id") is { } external && one.View["external_id"]?.ToString() == external
            );
        if (view is null || view.Closed || view.TeamId != call.Actor.TeamId)
        {
            throw new FakeApiException("not_found");
        }

        if (call.Text("hash") is { } hash && hash != view.Hash)
        {
            throw new FakeApiException("hash_conflict");
        }

        call.State.SetView(view, written);
        return Shown(call, view);
    }

    private static JsonObject Publish(FakeCall call)
    {
        var written = View(call, "home");
        var user = call.State.User(call.Need("user_id"));
        var view = call.State.World.Views.Values.FirstOrDefault(one =>
            one.UserId == user.Id && one.View["type"]?.ToString() == "home"
        );
        if (view is not null && call.Text("hash") is { } hash && hash != view.Hash)
        {
            throw new FakeApiException("hash_conflict");
        }

        if (view is null)
        {
            var asker = new StoredExchange { UserId = user.Id, TeamId = user.TeamId };
            return Shown(call, call.State.OpenView(asker, written, below: null));
        }

        call.State.SetView(view, written);
        return Shown(call, view);
    }

    private static StoredExchange Triggered(FakeCall call)
    {
        var exchange = call.State.TakeTrigger(call.Need("trigger_id"));
        return exchange.TeamId == call.Actor.TeamId ? exchange : throw new FakeApiException("invalid_trigger_id");
    }

    private static JsonObject View(FakeCall call, string? type)
    {
        var view =
            call.Json("view", "invalid_arguments") as JsonObject
            ?? throw new FakeApiException("invalid_arguments", "missing required field: view");
        ViewRules.Check(view);
        return type is null || view["type"]!.ToString() == type
            ? view
            : throw new FakeApiException("invalid_arguments", $"must be one of: {type} [json-pointer:/view/type]");
    }

    private static JsonObject Shown(FakeCall call, StoredView view) => new() { ["view"] = call.State.ViewShape(view) };
}

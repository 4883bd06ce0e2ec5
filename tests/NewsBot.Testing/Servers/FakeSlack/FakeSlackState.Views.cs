using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Methods;
using NewsBot.Testing.Servers.FakeSlack.Stored;
using NewsBot.Testing.Servers.FakeSlack.Validation;

namespace NewsBot.Testing.Servers.FakeSlack;

/// <content>Modals and home tabs.</content>
public sealed partial class FakeSlackState
{
    // Source: https://docs.slack.dev/surfaces/modals
    private const int MaxStack = 3;

    internal StoredView FindView(string id) =>
        World.Views.GetValueOrDefault(id) ?? throw new FakeApiException("not_found");

    /// <summary>Opens a modal, or puts one on top of another.</summary>
    internal StoredView OpenView(StoredExchange exchange, JsonObject written, StoredView? below)
    {
        if (below is not null && Depth(below) >= MaxStack)
        {
            throw new FakeApiException("push_limit_reached");
        }

        var id = NextId("V0");
        var view = new StoredView
        {
            Id = id,
            TeamId = exchange.TeamId,
            UserId = exchange.UserId,
            RootId = below?.RootId ?? id,
            PreviousId = below?.Id,
            ExchangeId = exchange.Id,
        };
        World.Views[id] = view;
        SetView(view, written);
        return view;
    }

    /// <summary>Puts something else into a view, and shows it.</summary>
    internal void SetView(StoredView view, JsonObject written)
    {
        view.View = (JsonObject)written.DeepClone();
        BlockRules.NumberBlocks(view.View["blocks"] as JsonArray ?? [], () => NextSecret(5));
        view.Values = ViewRules.InitialValues(view.View);
        view.Hash = $"{Number(Now.ToUnixTimeSeconds())}.{NextSecret(8)}";
        AddToInbox(view.UserId, view.ExchangeId, "view", ViewShape(view));
    }

    internal JsonObject ViewShape(StoredView view)
    {
        var shape = (JsonObject)view.View.DeepClone();
        shape["id"] = view.Id;
        shape["team_id"] = view.TeamId;
        shape["app_id"] = World.AppId;
        shape["app_installed_team_id"] = view.TeamId;
        shape["bot_id"] = Team(view.TeamId).BotId;
        shape["hash"] = view.Hash;
        shape["root_view_id"] = view.RootId;
        shape["previous_view_id"] = view.PreviousId;
        shape["private_metadata"] ??= "";
        shape["callback_id"] ??= "";
        shape["external_id"] ??= "";
        shape["clear_on_close"] ??= false;
        shape["notify_on_close"] ??= false;
        shape["state"] = new JsonObject { ["values"] = view.Values.DeepClone() };
        return shape;
    }

    /// <summary>Closes a view, those on top of it too.</summary>
    internal void CloseView(StoredView view)
    {
        view.Closed = true;
        foreach (var above in World.Views.Values.Where(one => one.PreviousId == view.Id && !one.Closed))
        {
            CloseView(above);
        }
    }

    private int Depth(StoredView view) => 1 + (view.PreviousId is { } below ? Depth(World.Views[below]) : 0);

    /// <summary>What the app answered to a modal that was sent.</summary>
    private void TakeSubmission(StoredExchange exchange, JsonObject? answer)
    {
        var view = FindView(exchange.ViewId!);
        switch (answer?["response_action"]?.ToString())
        {
            case null:
                CloseView(view);
                AddToInbox(exchange.UserId, exchange.Id, "closed", new JsonObject { ["view_id"] = view.Id });
                break;
            case "clear":
                CloseView(World.Views[view.RootId]);
                AddToInbox(exchange.UserId, exchange.Id, "closed", new JsonObject { ["view_id"] = view.RootId });
                break;
            case "errors":
                TakeErrors(exchange, view, answer);
                break;
            case "update":
                view.ExchangeId = exchange.Id;
                SetView(view, Checked(answer));
                break;
            case "push":
                OpenView(exchange, Checked(answer), view);
                break;
            case var other:
                throw new FakeApiException("invalid_arguments", $"there is no response_action {other}");
        }
    }

    private void TakeErrors(StoredExchange exchange, StoredView view, JsonObject answer)
    {
        if (answer["errors"] is not JsonObject { Count: > 0 } errors)
        {
            throw new FakeApiException("invalid_arguments", "errors is an object with a text for each block");
        }

        foreach (var (block, _) in errors)
        {
            if (!ViewRules.HasInput(view.View, block))
            {
                throw new FakeApiException("invalid_arguments", $"there is no input block {block}");
            }
        }

        AddToInbox(exchange.UserId, exchange.Id, "errors", (JsonObject)errors.DeepClone());
    }

    private static JsonObject Checked(JsonObject answer)
    {
        var view = answer["view"] as JsonObject ?? throw new FakeApiException("invalid_arguments", "view is missing");
        ViewRules.Check(view);
        return view;
    }
}

using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.Limits;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>A method of the Web API.</summary>
/// <param name="Name">Such as chat.postMessage.</param>
/// <param name="Limit">How often it may be called in a workspace.</param>
/// <param name="Handle">Runs under the lock of the state; answers without ok.</param>
internal sealed record FakeMethod(string Name, Func<FakeLimits, FakeLimit> Limit, Func<FakeCall, JsonObject> Handle)
{
    /// <summary>A scope that is needed whatever is asked; null where that depends, or none is.</summary>
    public string? Scope { get; init; }

    /// <summary>Who may call it.</summary>
    public ActorKind[] For { get; init; } = [ActorKind.Bot, ActorKind.Human];

    /// <summary>Whether it reads a JSON body; the others read forms and queries only.</summary>
    public bool TakesJson { get; init; }

    /// <summary>Whether each channel has a pace for it.</summary>
    public bool IsPaced { get; init; }

    /// <summary>Whether it is held to one request a minute in the mode of small history.</summary>
    public bool IsHistory { get; init; }
}

/// <summary>The tiers. Source: https://docs.slack.dev/apis/web-api/rate-limits</summary>
internal static class Tier
{
    public static FakeLimit One(FakeLimits limits) => limits.Tier1;

    public static FakeLimit Two(FakeLimits limits) => limits.Tier2;

    public static FakeLimit Three(FakeLimits limits) => limits.Tier3;

    public static FakeLimit Four(FakeLimits limits) => limits.Tier4;

    public static FakeLimit Special(FakeLimits limits) => limits.Special;
}

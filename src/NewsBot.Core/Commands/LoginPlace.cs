namespace NewsBot.Core.Commands;

/// <summary>A feed that is added once somebody types its login.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Channel">Where it goes, such as "channel-3"; null where that was not said.</param>
public sealed record LoginPlace(Uri Url, string? Channel);

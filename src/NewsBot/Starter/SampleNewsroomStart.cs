namespace NewsBot.Starter;

/// <summary>The instant the sample newsroom counts back from, so that its dates look fresh and yet survive a restart.</summary>
/// <param name="CreatedAt">When the database was made, UTC.</param>
internal sealed record SampleNewsroomStart(DateTimeOffset CreatedAt);

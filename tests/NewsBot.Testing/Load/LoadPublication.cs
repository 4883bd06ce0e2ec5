namespace NewsBot.Testing.Load;

/// <summary>An outlet publishes something.</summary>
/// <param name="At">After the day has begun.</param>
/// <param name="Event">The event that several outlets report; 0 for news of its own.</param>
public sealed record LoadPublication(TimeSpan At, int Event);

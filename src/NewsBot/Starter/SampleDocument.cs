namespace NewsBot.Starter;

/// <summary>One answer of the sample newsroom.</summary>
/// <param name="Body">The whole document.</param>
/// <param name="ContentType">As sent in the header.</param>
/// <param name="LastModified">Whole seconds, UTC.</param>
internal sealed record SampleDocument(byte[] Body, string ContentType, DateTimeOffset LastModified);

using System.Globalization;

namespace NewsBot.Core.Posts;

/// <summary>Names one row of the outbox. Given out by the database; never zero.</summary>
public readonly record struct PostId(long Value)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"post-{Value}");
}

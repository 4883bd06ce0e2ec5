using System.Globalization;

namespace NewsBot.Core.Sources;

/// <summary>Names a community's relation to a feed. Given out by the database; never zero.</summary>
public readonly record struct SourceId(long Value)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"source-{Value}");
}

using System.Globalization;

namespace NewsBot.Core.Communities;

/// <summary>Names one member of a community. Given out by the database; never zero.</summary>
public readonly record struct MemberId(long Value)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"member-{Value}");
}

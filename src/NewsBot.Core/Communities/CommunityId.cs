using System.Globalization;

namespace NewsBot.Core.Communities;

/// <summary>Names one community. Given out by the database; never zero.</summary>
public readonly record struct CommunityId(long Value)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"community-{Value}");
}

using System.Globalization;

namespace NewsBot.Core.Channels;

/// <summary>Names one chat channel on any platform. Given out by the database; never zero.</summary>
public readonly record struct ChannelId(long Value)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"channel-{Value}");
}

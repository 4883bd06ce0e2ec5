namespace NewsBot.Core.Channels;

/// <summary>Who may read what is written in a channel outside of it, from nobody to everybody.</summary>
public enum Visibility
{
    Off,
    Members,
    Public,
}

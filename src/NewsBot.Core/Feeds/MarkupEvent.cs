namespace NewsBot.Core.Feeds;

/// <summary>What a <see cref="MarkupReader"/> stands on.</summary>
internal enum MarkupEvent
{
    Start,
    Text,
    End,
}

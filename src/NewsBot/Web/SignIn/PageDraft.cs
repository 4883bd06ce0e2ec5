using NewsBot.Core.Channels;

namespace NewsBot.Web.SignIn;

/// <summary>What somebody is about to write on a page.</summary>
/// <param name="Story">Under which story.</param>
/// <param name="Parent">Number of the comment it answers; 0 for the story.</param>
/// <param name="Text">As typed.</param>
/// <param name="Key">Names this one sending, in letters and digits: the same form sent twice is one comment.</param>
internal sealed record PageDraft(long Story, int Parent, string Text, string Key);

/// <summary>Where a comment written on a page belongs.</summary>
/// <param name="Channel">The channel of its author's workspace.</param>
/// <param name="ChannelName">Its name.</param>
/// <param name="Account">Under which account.</param>
internal sealed record PagePlace(ChannelId Channel, string ChannelName, SignedInAccount Account);

using NewsBot.Core.Channels;

namespace NewsBot.Storage;

/// <summary>Something between a platform and us that an admin has to mend.</summary>
/// <param name="Workspace">Where; the row of the workspace.</param>
/// <param name="Channel">Which channel; null for the whole workspace.</param>
/// <param name="Cause">Names it for us; the same for as long as it lasts, and unique in its workspace.</param>
/// <param name="Words">What is wrong and how to mend it, in our Markdown.</param>
internal sealed record TroubleReport(long Workspace, ChannelId? Channel, string Cause, string Words);

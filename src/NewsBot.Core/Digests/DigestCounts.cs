namespace NewsBot.Core.Digests;

/// <summary>What a digest holds, in numbers.</summary>
/// <param name="Stories">Stories in it, cards and list together.</param>
/// <param name="Sources">Different sources these came from.</param>
/// <param name="Comments">Comments on them so far.</param>
public sealed record DigestCounts(int Stories, int Sources, int Comments);

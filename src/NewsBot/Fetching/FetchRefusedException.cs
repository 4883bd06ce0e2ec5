namespace NewsBot.Fetching;

/// <summary>A fetch was given up for a reason that can be told; never leaves this folder.</summary>
/// <param name="sentence">One or two English sentences without secrets.</param>
/// <param name="inner">What led to it.</param>
internal sealed class FetchRefusedException(string sentence, Exception? inner = null) : Exception(sentence, inner);

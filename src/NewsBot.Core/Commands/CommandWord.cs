namespace NewsBot.Core.Commands;

/// <summary>One word of a line.</summary>
/// <param name="Text">What it says, without quotation marks.</param>
/// <param name="Start">Index of its first character in the line, mark included.</param>
/// <param name="End">Index after its last character.</param>
/// <param name="IsQuoted">True where one pair of quotation marks holds the whole word.</param>
internal readonly record struct CommandWord(string Text, int Start, int End, bool IsQuoted);

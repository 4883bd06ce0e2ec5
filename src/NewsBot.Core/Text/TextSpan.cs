using System.Runtime.InteropServices;

namespace NewsBot.Core.Text;

/// <summary>A part of a text.</summary>
/// <param name="Start">Index of its first UTF-16 unit.</param>
/// <param name="End">Index just behind its last one.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>Length in UTF-16 units.</summary>
    public int Length => End - Start;

    /// <summary>The part itself.</summary>
    /// <param name="text">The text it is a part of.</param>
    public string Of(string text) => text[Start..End];
}

namespace NewsBot.Core.Stories;

/// <summary>The text another one copies.</summary>
/// <param name="Original">The first of all that have it.</param>
/// <param name="Likeness">The share of phrases in common, above 0 to 1.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct CopyMatch(long Original, double Likeness);

namespace NewsBot.Cli;

/// <summary>One line of the check.</summary>
/// <param name="Mark">✔, ✖ or !.</param>
/// <param name="What">What was looked at and how it is.</param>
/// <param name="Remedy">What to do; null for nothing.</param>
/// <param name="MustBeFixed">True where NewsBot cannot do its work.</param>
internal sealed record Finding(string Mark, string What, string? Remedy, bool MustBeFixed)
{
    public static Finding Well(string what) => new("✔", what, null, MustBeFixed: false);

    public static Finding Wrong(string what, string remedy) => new("✖", what, remedy, MustBeFixed: true);

    public static Finding Note(string what, string? remedy) => new("!", what, remedy, MustBeFixed: false);
}

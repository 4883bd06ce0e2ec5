namespace NewsBot.Testing.Checking;

/// <summary>Something that is not as it has to be.</summary>
/// <param name="Kind">What kind of harm it is.</param>
/// <param name="Words">What was expected and what was found.</param>
internal sealed record Finding(FindingKind Kind, string Words)
{
    public override string ToString() => $"{Kind}: {Words}";
}

/// <summary>Kinds of harm.</summary>
internal enum FindingKind
{
    /// <summary>Something does not stand where it has to.</summary>
    Lost,

    /// <summary>Something stands there more than once, or though nobody wrote it.</summary>
    Doubled,

    /// <summary>A number is missing, used twice or not the one it was.</summary>
    Misnumbered,

    /// <summary>Words, author or what is answered are not as they are to be.</summary>
    Wrong,

    /// <summary>Something stands before what it comes after.</summary>
    Disordered,

    /// <summary>Something still waits.</summary>
    Waiting,
}

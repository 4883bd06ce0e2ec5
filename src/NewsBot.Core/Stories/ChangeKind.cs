namespace NewsBot.Core.Stories;

/// <summary>How far two versions of an entry differ.</summary>
public enum ChangeKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>In typing, layout, time notes or a corrected slip: nothing worth telling.</summary>
    Trivial,

    /// <summary>In what is said: posts are edited and carry a correction mark.</summary>
    Substance,
}

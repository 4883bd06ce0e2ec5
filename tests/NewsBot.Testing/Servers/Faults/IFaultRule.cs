namespace NewsBot.Testing.Servers.Faults;

/// <summary>One fault, to happen to so many requests. Two platforms have them.</summary>
internal interface IFaultRule<TSelf>
    where TSelf : IFaultRule<TSelf>
{
    /// <summary>To how many requests it happens.</summary>
    int Count { get; }

    /// <summary>How many pass first.</summary>
    int After { get; }

    /// <summary>The same rule with other counts.</summary>
    TSelf Counted(int count, int after);
}

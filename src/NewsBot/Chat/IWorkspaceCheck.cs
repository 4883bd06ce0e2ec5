namespace NewsBot.Chat;

/// <summary>Looks whether a workspace lets the bot do its work; one for each platform.</summary>
internal interface IWorkspaceCheck
{
    /// <summary>As the database names it.</summary>
    string Platform { get; }

    /// <summary>Looks at one workspace, notes what is wrong and tells its admins once.</summary>
    /// <param name="workspace">The platform's id of it.</param>
    /// <param name="cancellationToken">Stops between two calls; what was saved stays saved.</param>
    Task<CheckOutcome> RunAsync(string workspace, CancellationToken cancellationToken);
}

/// <summary>How a check ended.</summary>
internal enum CheckOutcome
{
    /// <summary>Nothing is wrong.</summary>
    Well,

    /// <summary>Something is wrong and known to the admins.</summary>
    Troubled,

    /// <summary>The platform gave no answer to judge by.</summary>
    Unreachable,

    /// <summary>The bot is not in the workspace.</summary>
    NotOurs,
}

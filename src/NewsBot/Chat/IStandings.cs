using NewsBot.Core.Communities;

namespace NewsBot.Chat;

/// <summary>Asks a platform whether an account belongs to a workspace, with the bot's own rights.</summary>
internal interface IStandings
{
    /// <summary>Which platform, such as "discord".</summary>
    string Platform { get; }

    /// <param name="workspace">The platform's id of it.</param>
    /// <param name="account">The platform's id of who it is.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>What the platform says; that it does not answer within some seconds is an answer as well.</returns>
    Task<Standing> AskAsync(string workspace, string account, CancellationToken cancellationToken);
}

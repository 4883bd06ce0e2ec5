using NewsBot.Core.Communities;

namespace NewsBot.Web.Pages;

/// <summary>Whose browser it is.</summary>
internal interface IPageAuthors
{
    /// <returns>Null where the browser has not picked a name.</returns>
    Task<Member?> CurrentAsync(HttpContext context, CancellationToken cancellationToken);

    /// <returns>Null where the name is theirs now; else why not, in a sentence.</returns>
    Task<string?> ClaimAsync(HttpContext context, string name, CancellationToken cancellationToken);
}

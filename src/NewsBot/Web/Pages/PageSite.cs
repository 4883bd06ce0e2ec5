using NewsBot.Core.Communities;
using NewsBot.Web.Views;

namespace NewsBot.Web.Pages;

/// <summary>How this server is reached.</summary>
/// <param name="PublicUrl">The root of the site as others know it, without a slash at its end; null where it has none.</param>
/// <param name="IsLocalOnly">True while it listens on this machine only and has no public address.</param>
internal sealed record PageSite(string? PublicUrl, bool IsLocalOnly)
{
    /// <summary>Decides what somebody may see. Pure.</summary>
    /// <param name="member">Who it is; null for a stranger.</param>
    public Viewer ViewerOf(Member? member) => new(IsLocalOnly || member is not null);

    /// <summary>The root of the site as an absolute address without a slash at its end.</summary>
    public string Root(HttpRequest request) => PublicUrl ?? $"{request.Scheme}://{request.Host}{request.PathBase}";
}

namespace NewsBot.Web.Views;

/// <summary>A community as its pages name it.</summary>
/// <param name="Name">The title of the whole site.</param>
/// <param name="Seed">What tells this newsroom from all others.</param>
/// <param name="IsIndexed">Whether an admin lets search engines list its public pages.</param>
internal sealed record SiteView(string Name, string Seed, bool IsIndexed)
{
    public void Deconstruct(out string name, out string seed) => (name, seed) = (Name, Seed);
}

using System.Net;

namespace NewsBot.Fetching;

/// <summary>Looks up a name; the literal form of an address gives that address.</summary>
internal delegate Task<IPAddress[]> NameLookup(string host, CancellationToken cancellationToken);

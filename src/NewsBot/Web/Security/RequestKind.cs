namespace NewsBot.Web.Security;

/// <summary>What a request costs, and so how many of them one client may make.</summary>
internal enum RequestKind
{
    /// <summary>Counted nowhere: only programs of this machine can call, or it is answered without work.</summary>
    Free,

    /// <summary>A page, a picture, a file, an answer of the API.</summary>
    Read,

    /// <summary>Looks through all there is.</summary>
    Search,

    /// <summary>Changes something, or tries to.</summary>
    Write,

    /// <summary>Leads to a platform's page under this server's name, or comes back from it.</summary>
    SignIn,
}

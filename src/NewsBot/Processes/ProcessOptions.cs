using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using NewsBot.Core.Feeds;
using NewsBot.Storage;

namespace NewsBot.Processes;

/// <summary>The <c>Process</c> section of the settings: what this process does where several share a PostgreSQL database.</summary>
internal sealed class ProcessOptions : IValidatableObject
{
    public const string Section = "Process";

    /// <summary>
    /// What it does: poll (ask sources), post (send what waits, make digests), chat (hold the connections to Discord and
    /// Slack), web (pages, API and what the platforms send by HTTP), with commas between; <c>--roles</c> says the same.
    /// Default all of them.
    /// </summary>
    public string Roles { get; set; } = "poll,post,chat,web";

    /// <summary>
    /// After how long without a sign of life another process takes over what this one held, 10 seconds to 5 minutes. Default
    /// 15 seconds.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <param name="role">One of <see cref="Role"/>.</param>
    public bool Has(string role) => Words(Roles).Contains(role, StringComparer.Ordinal);

    /// <summary>Reads the roles before the services are made.</summary>
    public static bool Has(IConfiguration settings, string role) =>
        new ProcessOptions { Roles = settings[$"{Section}:Roles"] ?? new ProcessOptions().Roles }.Has(role);

    /// <summary>Holds the roles against those there are.</summary>
    /// <param name="validationContext">Not looked at.</param>
    /// <returns>One sentence for each thing that is wrong.</returns>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Words(Roles) is not { Count: > 0 } words || words.Except(Role.All, StringComparer.Ordinal).Any())
        {
            yield return new ValidationResult(
                $"Process:Roles is \"{Roles}\"; name one or more of {string.Join(", ", Role.All)}, with commas between, or leave it out for all of them."
            );
        }

        foreach (
            var wrong in SettingRange.Check("Process:Lease", Lease, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5))
        )
        {
            yield return wrong;
        }
    }

    private static List<string> Words(string roles) =>
        [.. roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>What a process can do.</summary>
internal static class Role
{
    public const string Poll = "poll";
    public const string Post = "post";
    public const string Chat = "chat";
    public const string Web = "web";

    public static IReadOnlyList<string> All { get; } = [Poll, Post, Chat, Web];
}

/// <summary>Several processes need a database that they can share.</summary>
internal sealed class AloneValidator(IOptions<StorageOptions> storage) : IValidateOptions<ProcessOptions>
{
    public ValidateOptionsResult Validate(string? name, ProcessOptions options) =>
        storage.Value.Provider is StorageProvider.Postgres || Role.All.All(options.Has)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Process:Roles is \"{options.Roles}\", but Storage:Provider is Sqlite, whose file belongs to one process; leave Process:Roles out, or set Storage:Provider=Postgres."
            );
}

[OptionsValidator]
internal sealed partial class ProcessOptionsValidator : IValidateOptions<ProcessOptions>;

using Microsoft.Extensions.Options;

namespace NewsBot;

/// <summary>Checks the settings' names before their values, so that a slip of the finger is told as one.</summary>
internal sealed class StartupCheck(
    IConfiguration configuration,
    IEnumerable<SettingSection> sections,
    IStartupValidator values
) : IStartupValidator
{
    /// <exception cref="OptionsValidationException">Something is wrong; its failures are sentences for the operator.</exception>
    public void Validate()
    {
        var problems = SettingKeys.Problems(configuration, [.. sections]);
        if (problems.Count > 0)
        {
            throw new OptionsValidationException("Settings", typeof(SettingSection), problems);
        }

        values.Validate();
    }

    /// <summary>Puts this check before the one that the options have brought with them.</summary>
    public static void Add(IServiceCollection services)
    {
        var values = services.Single(service => service.ServiceType == typeof(IStartupValidator));
        services.Remove(values);
        services.AddTransient<IStartupValidator>(provider => new StartupCheck(
            provider.GetRequiredService<IConfiguration>(),
            provider.GetServices<SettingSection>(),
            (IStartupValidator)ActivatorUtilities.CreateInstance(provider, values.ImplementationType!)
        ));
    }
}

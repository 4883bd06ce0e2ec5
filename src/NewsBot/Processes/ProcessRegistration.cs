using Microsoft.Extensions.DependencyInjection.Extensions;

namespace NewsBot.Processes;

/// <summary>Wires this folder.</summary>
internal static class ProcessRegistration
{
    /// <summary>Adds what a process needs to share its database. It has to come before all other hosted services.</summary>
    public static IServiceCollection AddProcesses(this IServiceCollection services)
    {
        services.AddFence();
        services.AddSingleton<LeaseBoard>();
        services.AddSingleton<Signals>();
        services.AddHostedService<ProcessLife>();
        services.AddHostedService(provider => provider.GetRequiredService<Signals>());
        return services;
    }

    /// <summary>Adds what calls to platforms go through.</summary>
    public static IServiceCollection AddFence(this IServiceCollection services)
    {
        services.AddOptions();
        services.TryAddSingleton<ThisProcess>();
        services.TryAddTransient<Fence>();
        return services;
    }

    /// <summary>Has something run in one process only: in that which holds the lease.</summary>
    /// <typeparam name="T">What runs; made once.</typeparam>
    public static IServiceCollection AddDutyService<T>(this IServiceCollection services, string lease)
        where T : class, IHostedService => services.AddKeyedSingleton<IHostedService, T>(lease);

    /// <summary>Adds the duty itself, once all of its services are added.</summary>
    public static IServiceCollection AddDuty(this IServiceCollection services, string lease) =>
        services.AddSingleton<IHostedService>(provider =>
            ActivatorUtilities.CreateInstance<Duty>(
                provider,
                lease,
                provider.GetKeyedServices<IHostedService>(lease).ToList()
            )
        );
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;
using nanoFramework.TestFramework;

namespace MicroFirmware.DeviceTests
{
    /// <summary>The test classes of this assembly: set up when first asked for, cleaned up at the end.</summary>
    public sealed class TestClasses : IDisposable
    {
        private readonly Dictionary<Type, object> _instances = new Dictionary<Type, object>();

        public static IEnumerable<Type> All
        {
            get
            {
                return typeof(TestClasses).Assembly.GetTypes().Where(t => t.IsDefined(typeof(TestClassAttribute)));
            }
        }

        /// <summary>Null for a class that is static.</summary>
        public object SetUp(Type type)
        {
            if (!_instances.TryGetValue(type, out object instance))
            {
                instance = type.IsAbstract ? null : Activator.CreateInstance(type);
                _instances.Add(type, instance);
                CallAll(instance, type, typeof(SetupAttribute));
            }

            return instance;
        }

        public void Dispose()
        {
            foreach (KeyValuePair<Type, object> entry in _instances)
            {
                CallAll(entry.Value, entry.Key, typeof(CleanupAttribute));
            }
        }

        /// <summary>Calls a test; what it throws comes out as it was thrown.</summary>
        public static void Call(object instance, MethodInfo method, object[] arguments)
        {
            try
            {
                method.Invoke(instance, arguments);
            }
            catch (TargetInvocationException e)
            {
                ExceptionDispatchInfo.Capture(e.InnerException).Throw();
            }
        }

        private static void CallAll(object instance, Type type, Type attribute)
        {
            foreach (MethodInfo method in type.GetMethods().Where(m => m.IsDefined(attribute)))
            {
                Call(instance, method, null);
            }
        }
    }
}

using System.Globalization;

namespace System.Reflection
{
    public class Assembly
    {
        public extern Assembly();

        public extern string FullName { get; }

        public static extern Assembly GetExecutingAssembly();
        public extern AssemblyName GetName();
        public static extern Assembly GetAssembly(Type type);
        public extern Type GetType(string name);
        public extern Type GetType(string name, bool throwOnError);
        public extern Type[] GetTypes();
        public extern Assembly GetSatelliteAssembly(CultureInfo culture);
        public static extern Assembly Load(string assemblyString);
        public static extern Assembly Load(byte[] rawAssembly);
    }
}

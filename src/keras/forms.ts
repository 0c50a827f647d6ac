/** Whether a config is that of one class or function. */
export const isOfClass = (config: object): boolean => 'class_name' in config;

/** Whether the config is that of a compiled model, which has its losses in it. */
export const isOfModel = <C extends object>(config: C): config is C & { readonly loss: unknown } =>
  'loss' in config && ['metrics', 'optimizer', 'optimizer_config'].some((key) => key in config);
